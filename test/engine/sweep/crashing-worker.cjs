// The package's worker, but for jobs that end it.
const { runTask } = require('../../../dist/engine/sweep/worker.js');

module.exports.runTask = async (task) => {
  if (task.job.id === 'exit') process.exit(3);
  if (task.job.id === 'throw late') {
    setTimeout(() => {
      throw new Error('too late to be caught');
    }, 5);
    await new Promise(() => {});
  }
  if (task.job.id === 'out of memory') {
    const hoard = [];
    for (;;) hoard.push(new Array(1e5).fill(hoard.length + 0.5));
  }
  return runTask(task);
};

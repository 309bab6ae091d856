import { random } from '../src/core/random';

// Models without a seed take their first weights from Math.random. A test that holds them to a bound sees the same ones in every
// run, alone or beside the others of its file; `CHANCE=2 npm test` shows it others.
const chance = random(Number(process.env.CHANCE ?? 1));

function drawFor(purpose: string): void {
  const stream = chance.fork(purpose);
  Math.random = () => stream.next();
}

drawFor('');
beforeEach(() => drawFor(expect.getState().currentTestName ?? ''));

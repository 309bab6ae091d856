import { Command, CommanderError } from 'commander';
import { InputError } from '../core/input-error';
import { EXIT } from './exit-codes';
import { packageVersion } from './package-version';
import { terminal } from './terminal';

/** Options that say where Jupyter's files are. */
function addPlaces(command: Command): Command {
  return command
    .option('--user', 'for you, in your own Jupyter folder (the default)')
    .option('--sys-prefix', 'in the environment of the python3 on the PATH')
    .option('--prefix <folder>', 'in a folder of your choice, below share/jupyter');
}

function createProgram(finish: (code: number) => void): Command {
  const program = new Command('hunch')
    .description('Debug machine-learning systems in a notebook.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help on a command')
    .exitOverride()
    .showHelpAfterError('(hunch --help lists what there is.)');
  program
    .command('run')
    .description('run a notebook in a kernel, without Jupyter')
    .argument('<notebook>', 'a notebook file (.ipynb)')
    .option('--html <file>', 'write it as one HTML page that needs nothing else')
    .option('--out <file>', 'write the executed notebook')
    .option('--timeout <seconds>', 'time a cell may take', '600')
    .option('--summary', 'print what the last cell shows')
    .action(async (notebook: string, options: object) => {
      const { runCommand } = await import('./commands/run');
      finish(await runCommand(notebook, options, terminal));
    });
  addPlaces(program.command('install').description('make the kernel known to Jupyter')).action(
    async (options: object) => {
      const { installCommand } = await import('./commands/install');
      finish(await installCommand(options, terminal));
    },
  );
  addPlaces(program.command('uninstall').description('take the kernel away from Jupyter')).action(
    async (options: object) => {
      const { uninstallCommand } = await import('./commands/uninstall');
      finish(await uninstallCommand(options, terminal));
    },
  );
  program
    .command('doctor')
    .description('say what works on this machine, and how to mend what does not')
    .option('--json', 'print it as JSON')
    .action(async (options: object) => {
      const { doctorCommand } = await import('./commands/doctor');
      finish(await doctorCommand(options, terminal));
    });
  program
    .command('kernel')
    .description('start the kernel itself; Jupyter does this')
    .requiredOption('--config-path <file>', 'the connection file')
    .action(async () => {
      await import('../notebook/kernel/main');
    });
  return program;
}

/**
 * Runs the command line.
 *
 * @param args what follows `hunch`
 * @returns the exit code, or undefined when something (the kernel) goes on running
 */
export async function runProgram(args: readonly string[]): Promise<number | undefined> {
  let code: number | undefined;
  const program = createProgram((value) => {
    code = value;
  });
  if (args.length === 0) {
    program.outputHelp();
    return EXIT.ok;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.misuse;
    if (error instanceof InputError) {
      terminal.note(error.message);
      return EXIT.misuse;
    }
    terminal.note(`hunch: ${(error as Error)?.message ?? String(error)}`);
    return EXIT.failed;
  }
}

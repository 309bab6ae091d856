#!/usr/bin/env node
import { runProgram } from './program';

void runProgram(process.argv.slice(2)).then((code) => {
  if (code === undefined) return;
  process.exitCode = code;
  // Whatever a loaded library keeps open, the command ends once its words have left.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});

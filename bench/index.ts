/**
 * Runs every benchmark of this folder one after the other, or the named ones: `npm run bench -- replay answers`. A
 * failed one is reported, and the others still run.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Argument } from 'commander';
import { createCommandLine, execute } from '../src/cli/command-line.ts';

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== basename(import.meta.filename))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

const measure = (name: string): void => {
  console.log(`\n== ${name}`);
  const { status, signal } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: 'inherit',
  });
  if (status === 0) return;
  console.error(`${name} ended with ${signal ?? status}`);
  process.exitCode = 1;
};

const commandLine = createCommandLine('bench', process)
  .description('Run the measurements, one after the other.')
  .addArgument(new Argument('[measurements...]', 'default: all').choices(all))
  .action((named: readonly string[]) => {
    for (const name of named.length > 0 ? named : all) measure(name);
  });

await execute(commandLine, process.argv.slice(2), process);

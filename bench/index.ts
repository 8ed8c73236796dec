/**
 * Runs every measurement of this folder, one after the other so that none disturbs another; or those that are named:
 * `npm run bench -- replay answers`. One that fails is told of and does not keep the rest from running.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== basename(import.meta.filename))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();
const named = process.argv.slice(2);
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No measurement ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}

for (const name of named.length > 0 ? named : all) {
  console.log(`\n== ${name}`);
  const { status, signal } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: 'inherit',
  });
  if (status === 0) continue;
  console.error(`${name} ended with ${signal ?? status}`);
  process.exitCode = 1;
}

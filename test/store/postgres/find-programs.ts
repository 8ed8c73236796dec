import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const OLDEST = 15;

const programFolders = (): string[] => [
  ...(process.env.PATH ?? '').split(delimiter),
  ...globSync(['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/opt/homebrew/opt/postgresql*/bin']).sort().reverse(),
];

/** The first folder of this machine with the programs of a PostgreSQL server that is new enough. */
export const findPrograms = (): { readonly folder: string; readonly version: string } | undefined => {
  for (const folder of programFolders()) {
    if (!existsSync(join(folder, 'postgres')) || !existsSync(join(folder, 'initdb'))) continue;
    const version = /\d[\d.]*/.exec(execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' }))?.[0];
    if (version !== undefined && Number.parseInt(version, 10) >= OLDEST) return { folder, version };
  }
  return undefined;
};

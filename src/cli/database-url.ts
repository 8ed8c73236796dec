import { resolve } from 'node:path';
import { root } from '../config-file.ts';

/** Where the bot keeps everything: a relative path hangs from the project's folder, wherever the process was started. */
export const inProject = (url: string): string => {
  const path = url.replace(/^sqlite:/, '');
  return path === ':memory:' ? url : `sqlite:${resolve(root, path)}`;
};

/** The database file of this environment. */
export const databasePath = (): string =>
  inProject(process.env.DATABASE_URL?.trim() || 'sqlite:data/slidewatch.db').replace(/^sqlite:/, '');

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './read-config.ts';

/** The folder whose files are the languages: `en.yaml` is English. */
export const MESSAGES_DIR = join(root, 'config/messages');

/** The tags of the languages in a folder of messages, in alphabetical order. */
export const languagesIn = (dir = MESSAGES_DIR): readonly string[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => basename(name, '.yaml'))
    .sort();

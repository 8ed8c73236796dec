import { statSync } from 'node:fs';
import { backUp } from '../store/sqlite/backup.ts';
import { databaseUrl } from './own-store.ts';

const KIB = 1024;

/** Copies the bot's database to a file, and says so in one line. @throws StoreError */
export const backupTo = async (file: string, print: (text: string) => void): Promise<void> => {
  await backUp(databaseUrl(), file);
  print(`${file}: a whole and checked copy of the database, ${Math.ceil(statSync(file).size / KIB)} KiB.\n`);
};

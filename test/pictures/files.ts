import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFont } from '../../src/board/font.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

const FONT_WEIGHTS = ['400', '500', '600', '700'];

/** Writes files into a folder and makes that first. @throws UsageError naming a folder that cannot be written. */
export const writerTo = (folder: string) => {
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      throw new UsageError(`cannot write ${path} (${code}); choose another folder with --to`);
    }
    return path;
  };
  return write;
};

/** Writes a file by its name; its path. */
export type Write = ReturnType<typeof writerTo>;

/** The fonts of the board, beside the pages that use them. @throws UsageError */
export const writeFonts = async (write: Write): Promise<void> => {
  for (const weight of FONT_WEIGHTS) {
    const font = await readFont(weight);
    if (font) write(`font/inter-${weight}.ttf`, font);
  }
};

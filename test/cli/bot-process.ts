import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { PATIENCE_MS } from '../eventually.ts';
import { ownEnvironment } from './environment.ts';

export interface BotProcess {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves with the first match in what it writes; rejects with all of that if there is none. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with its exit code when it has ended and its pipes are read. */
  readonly ended: Promise<number | null>;
}

/** Where a bot is started, by whom, and what is typed. Default: here, by the same user, `src/main.ts start`. */
interface Place {
  readonly cwd?: string;
  readonly uid?: number;
  readonly command?: readonly [program: string, ...args: readonly string[]];
}

/**
 * `npm start` without npm, in an environment of its own with these variables; `node`: options of Node. Killed after the
 * test if need be.
 */
export const startBot = (
  env: Readonly<Record<string, string>>,
  node: readonly string[] = [],
  { cwd = root, uid, command = [process.execPath, ...node, 'src/main.ts', 'start'] }: Place = {},
): BotProcess => {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    ...{ cwd, env: ownEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] },
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let out = '';
  let err = '';
  const looks = new Set<() => void>();
  const look = (): void => {
    for (const each of [...looks]) each();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    look();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    out: () => out,
    err: () => err,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const each = (): void => {
          const found = pattern.exec(`${out}\n${err}`);
          if (!found) return;
          looks.delete(each);
          resolve(found);
        };
        const fail = (how: string) => reject(new Error(`it ${how} without saying ${pattern}: ${out}${err}`));
        looks.add(each);
        each();
        setTimeout(() => fail('runs'), PATIENCE_MS).unref();
        void ended.then(() => fail('ended'));
      }),
    ended,
  };
};

/** The lines for a person: those on stderr that are not the log's. */
export const plainLines = ({ err }: BotProcess): string[] =>
  err()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));

/** The address of its board, once it says so. */
export const boardOf = async (bot: BotProcess): Promise<string> => (await bot.says(/Board: (http:\S+)/))[1] ?? '';

/** Tells it to stop; resolves with its exit code. */
export const stop = async (bot: BotProcess): Promise<number | null> => {
  bot.child.kill('SIGTERM');
  return bot.ended;
};

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { root } from '../../src/util/read-config.ts';
import { type FastClock, writeClock } from './clock.ts';

export interface Bot {
  /** Kills the bot with SIGKILL and restarts it at once, after `meanwhile`; resolves when the new process is starting. */
  kill(meanwhile?: () => void): Promise<void>;
  /** Stops the bot with SIGTERM. Resolves with its exit status, or the signal that ended it. */
  stop(): Promise<number | NodeJS.Signals | null>;
  /** How often the bot has exited without being killed or refused. It was restarted each time. */
  unexpectedExits(): number;
}

export interface BotOptions {
  readonly env: Readonly<Record<string, string>>;
  /** The clock of the next process. */
  readonly clock: () => FastClock;
  /** Receives all output. */
  readonly logFile: string;
  /** Whether it may end by itself now, because everything that it could post to refuses it. */
  readonly mayEnd: () => boolean;
}

/** Starts the bot like `npm start`, without a .env and on a fast clock, and restarts it whenever it exits. */
export const startBot = ({ env, clock, logFile, mayEnd }: BotOptions): Bot => {
  let child: ChildProcess;
  let expected = false;
  let stopping = false;
  let unexpected = 0;
  let meanwhile: (() => void) | undefined;

  const start = (): void => {
    const log = openSync(logFile, 'a');
    child = spawn(process.execPath, ['--import', './test/soak/fast-clock.ts', 'src/main.ts', 'start'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        SLIDEWATCH_CONFIG: process.env.SLIDEWATCH_CONFIG,
        BOARD_PORT: '0',
        ...env,
        SOAK_CLOCK: writeClock(clock()),
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.once('exit', () => {
      if (stopping) return;
      if (!expected && !mayEnd()) unexpected += 1;
      expected = false;
      meanwhile?.();
      meanwhile = undefined;
      start();
    });
  };
  start();

  return {
    kill: async (before) => {
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      expected = true;
      meanwhile = before;
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
      await begun;
    },
    stop: async () => {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code, signal] = await ended;
      return code ?? signal;
    },
    unexpectedExits: () => unexpected,
  };
};

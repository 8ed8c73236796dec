import type { Logger } from '../../../src/telemetry/log.ts';

/** Keeps everything that is logged. */
export const recording = () => {
  const lines: string[] = [];
  const keep =
    (level: string) =>
    (...parts: unknown[]) =>
      void lines.push(JSON.stringify([level, ...parts]));
  const levels = Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, keep(level)]));
  const log = { ...levels, child: () => log } as unknown as Logger;
  return { log, lines };
};

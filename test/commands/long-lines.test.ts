import { expect, test } from 'vitest';
import type { Command, Option } from '../../commands/command.ts';
import { commands } from '../../commands/index.ts';
import { parseLine } from '../../commands/parse-line.ts';
import { context } from './asking.ts';

/** How often the options of the command are looked at while a line is read: its steps, whatever the machine. */
const stepsOf = (line: string): number => {
  let steps = 0;
  const counted = (option: Option): Option =>
    new Proxy(option, {
      get: (target, key) => {
        steps += 1;
        return Reflect.get(target, key);
      },
    });
  const watched: Command[] = commands.map((command) =>
    command.name === 'alerts set' ? { ...command, options: command.options.map(counted) } : command,
  );
  const { name } = parseLine(line, watched, context.catalogue);
  expect(name).toBe('alerts set');
  return steps;
};

const FILLERS: readonly [what: string, filler: string][] = [
  ['options', 'x '],
  ['levels', '5,10 '],
  ['names without a value', 'role '],
  ['named values', 'day:5 '],
  ['quotes', '" '],
  ['angle brackets', '<'],
  ['letters', 'a'],
];

test.each(FILLERS)('a line of twice as many %s takes at most about twice the steps', (_, filler) => {
  const long = (count: number) => `alerts set ${filler.repeat(count).slice(0, count)}`;
  const [half, whole] = [stepsOf(long(400)), stepsOf(long(800))];
  expect(whole).toBeLessThan(2.5 * half + 100);
});

test.each(FILLERS)('a line of 100,000 %s is cut before it is read', (_, filler) => {
  const line = `alerts set ${filler.repeat(100_000)}`;
  expect(stepsOf(line)).toBe(stepsOf(line.slice(0, 1_000)));
});

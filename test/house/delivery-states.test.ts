import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIRST_STATES, TRANSITIONS } from '../../src/store/delivery-transitions.ts';
import { root } from '../../src/util/read-config.ts';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

test('ARCHITECTURE.md has the table of what may happen to a delivery, as it is in the code', () => {
  const table = [
    row('what', 'from', 'to', 'by whom, and why'),
    '|---|---|---|---|',
    row('enqueue', '', FIRST_STATES.join(', '), 'a story is for this channel; its quiet hours and mutes decide'),
    ...Object.entries(TRANSITIONS).map(([name, { from, to, by }]) => row(name, from.join(', '), to, by)),
  ];
  expect(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')).toContain(`\n\n${table.join('\n')}\n\n`);
});

test('no other file of the store changes the state of a delivery', () => {
  const setsState = (text: string): boolean =>
    [...text.matchAll(/updateTable\('deliveries'\)(.*?)(?:;|\n\n)/gs)].some(([, statement = '']) =>
      /\bstate: /.test(statement),
    );
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) =>
    setsState(readFileSync(join(root, file), 'utf8')),
  );
  expect(files).toEqual(['src/store/delivery-transitions.ts']);
});

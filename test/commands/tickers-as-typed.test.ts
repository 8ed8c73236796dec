import { expect, test } from 'vitest';
import { createComplete } from '../../commands/complete.ts';
import { commands } from '../../commands/index.ts';
import { askingAt, context } from './asking.ts';
import { cardOf } from './market-context.ts';
import { askOn, openChannelScene } from './real-channels.ts';

const TYPED = [
  '$NVDA',
  '$nvda',
  'nvda.',
  '@nvda',
  '"nvda"',
  '“nvda”',
  'ＮＶＤＡ',
  '(NVDA)',
  'nvda,',
  '#nvda',
  '$엔비디아',
  'nvda?!',
];

test.each(TYPED)('quote %s is about Nvidia', async (typed) => {
  const card = cardOf(await askingAt({}).line(`quote ${typed}`));
  expect(card.title).toContain('Nvidia');
  expect(cardOf(await askingAt({}).question('quote', { symbol: typed })).title).toBe(card.title);
});

test.each([
  ['drawdown $TSLA', 'Tesla'],
  ['chart $tsla. 6m', 'Tesla'],
  ['quote goog', 'Alphabet'],
  ['quote $GOOG', 'Alphabet'],
  ['capex (amzn)', 'Amazon'],
])('%s is about %s', async (line, name) => {
  expect(cardOf(await askingAt({}).line(line)).title).toContain(name);
});

test.each(['watch add $AMD', 'watch add "amd".', 'watch add (AMD)'])('%s adds AMD', async (line) => {
  const scene = await openChannelScene();
  expect(cardOf(await askOn(scene)(line)).title).toMatch(/^This channel now watches AMD/);
  expect(await scene.settings()).toEqual({ also: ['AMD'] });
});

test.each(['$', '.', '""', '@', '()'])('%s alone is no symbol', async (typed) => {
  expect(await askingAt({}).question('quote', { symbol: typed })).toMatchObject({ kind: 'problem' });
  const scene = await openChannelScene();
  expect(await askOn(scene)(`watch add ${typed}`)).toMatchObject({ kind: 'problem' });
});

test('a symbol is completed with a dollar sign before it', () => {
  const complete = createComplete(context, commands, () => 0);
  for (const typed of ['$nv', '@nv', '(nv'])
    expect(complete('quote', 'symbol', typed, 'en')[0]).toMatchObject({ value: 'NVDA' });
});

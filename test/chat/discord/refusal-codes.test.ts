import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { expect, it } from 'vitest';
import { outcomeOf } from '../../../src/chat/discord/outcome.ts';
import { REFUSAL_CODES, refusalClassOf } from '../../../src/chat/discord/refusal-codes.ts';

const outcome = (code: number) =>
  outcomeOf(
    new DiscordAPIError({ code, message: 'Refused' }, code, 400, 'POST', '/channels/1/messages', {
      body: undefined,
      files: undefined,
    }),
    { maybeTaken: false, throttled: false },
  );

it('every code that Discord documents is in exactly one class', () => {
  const documented = Object.keys(RESTJSONErrorCodes).filter((name) => Number.isNaN(Number(name)));
  expect(Object.values(REFUSAL_CODES).flat().toSorted()).toEqual(documented.toSorted());
  const classes = new Map<number, Set<string>>();
  for (const [about, names] of Object.entries(REFUSAL_CODES))
    for (const name of names) {
      const code = RESTJSONErrorCodes[name];
      classes.set(code, (classes.get(code) ?? new Set()).add(about));
    }
  expect([...classes].filter(([, found]) => found.size > 1)).toEqual([]);
});

it.each([
  ['message', ['rejected']],
  ['place', ['forbidden', 'gone']],
  ['credential', ['credential']],
  ['network', ['later']],
  ['not-met', ['unlisted']],
] as const)('a code about the %s makes the post %j', (about, kinds) => {
  for (const name of REFUSAL_CODES[about]) {
    const code = RESTJSONErrorCodes[name];
    expect(refusalClassOf(code)).toBe(about);
    expect([name, kinds.includes(outcome(code).kind as never)]).toEqual([name, true]);
  }
});

it.each([
  [40333, true],
  [40004, true],
  [40006, true],
  [130000, true],
  [20016, false],
  [20028, false],
])('code %i makes everything wait: %s', (code, everything) => {
  const { everywhere, ...rest } = { everywhere: undefined, ...outcome(code) };
  expect(rest).toMatchObject({ kind: 'later' });
  expect(everywhere).toBe(everything ? 'refused' : undefined);
});

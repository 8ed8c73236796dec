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

/**
 * Discord's documented codes, as numbers and ranges of them. Source: the table "JSON Error Codes" of
 * docs.discord.com/developers/topics/opcodes-and-status-codes (discord-api-docs at 1014293), read on 2026-11-27.
 */
const DOCUMENTED = [
  '0 10001-10016 10020-10021 10026-10033 10036 10038 10049-10050 10057 10059-10063 10065-10071 10087 10097 10124 10129',
  '20001-20002 20009 20012 20015-20016 20018 20022 20024 20028-20029 20031 20035',
  '30001-30005 30007-30008 30010-30011 30013 30015-30016 30018-30019 30030-30035 30037-30040 30042 30045-30048 30052',
  '30056 30058 30060-30061',
  '40001-40007 40009 40012 40018-40019 40032-40033 40041 40043 40058 40060-40062 40066-40067 40074 40094 40333',
  '50001-50017 50019-50021 50024-50028 50033-50036 50039 50041 50045-50046 50054-50055 50057 50067-50068 50070',
  '50073-50074 50080-50081 50083-50086 50091 50095 50097 50101 50109-50110 50123-50124 50131-50132 50138 50144-50146',
  '50151 50159-50163 50167 50173 50178 50192 50278 50600 60003 80004 90001-90002 110000-110001 130000 150006 160002',
  '160004-160007 160014 170001-170007 180000 180002 200000-200001 220001-220004 240000 340015 350000-350001 400001',
  '500000 520000-520004 520006 530000-530004 530006-530007',
].flatMap((line) =>
  line.split(' ').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
  }),
);

it('every code of the documentation has a class, and only those that the types have besides are no part of it', () => {
  expect(DOCUMENTED).toHaveLength(240);
  expect(DOCUMENTED.filter((code) => refusalClassOf(code) === undefined)).toEqual([]);
  const others = Object.values(REFUSAL_CODES)
    .flat()
    .filter((name) => !DOCUMENTED.includes(RESTJSONErrorCodes[name]));
  expect(others).toEqual([
    'TheMazeIsntMeantForYou',
    'CannotReferenceAMessageWithoutPermissionToReadMessageHistory',
    'NSFWChannelMessageReferenceNotAllowed',
  ]);
});

it('every code that the types of Discord name is in exactly one class', () => {
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

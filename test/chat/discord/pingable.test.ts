import { PermissionsBitField } from 'discord.js';
import { expect, test } from 'vitest';
import { pingsIn, roleNameIn } from '../../../src/chat/discord/pingable.ts';

const ROLE = '900000000000000001';

const there = (permissions: bigint, mentionable?: boolean) => {
  const cache = new Map(mentionable === undefined ? [] : [[ROLE, { mentionable }]]);
  return pingsIn({ appPermissions: new PermissionsBitField(permissions), guild: { roles: { cache } } } as never)(ROLE);
};

test('a ping notifies a role that everybody may mention, or any role where the bot may mention all', () => {
  const { MentionEveryone, SendMessages, Administrator } = PermissionsBitField.Flags;
  expect([there(SendMessages, true), there(SendMessages, false)]).toEqual([true, false]);
  expect([there(MentionEveryone, false), there(Administrator, false), there(MentionEveryone)]).toEqual([
    true,
    true,
    true,
  ]);
});

test('a role has the name that people see, if it is known', () => {
  const nameIn = roleNameIn({ guild: { roles: { cache: new Map([[ROLE, { name: 'Traders' }]]) } } } as never);
  expect([nameIn(ROLE), nameIn('900000000000000002')]).toEqual(['@Traders', undefined]);
  expect(roleNameIn({ guild: null })(ROLE)).toBeUndefined();
});

test('of a role that is not known nothing is said', () => {
  expect(there(PermissionsBitField.Flags.SendMessages)).toBeUndefined();
});

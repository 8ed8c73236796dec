import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermissionsBitField } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { idInToken, invitationsTo } from '../../../src/chat/discord/invitations.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { root } from '../../../src/util/read-config.ts';

const ID = '112233445566778899';
/** As Discord makes them: the id in base64, a time, a signature. */
const TOKEN = `${Buffer.from(ID).toString('base64url')}.GqR5xY.kLmNoPqRsTuVwXyZ`;

/** The query of each invitation, by what it is for. */
const queries = (...of: Parameters<typeof invitationsTo>) =>
  Object.fromEntries(invitationsTo(...of).map(({ to, url }) => [to, Object.fromEntries(new URL(url).searchParams)]));

describe("the bot's invitation", () => {
  it('to a server asks for what a card and the search for a lost answer need, and for nothing else', () => {
    const { permissions, ...rest } = queries(ID).server ?? {};
    expect(rest).toEqual({ client_id: ID, scope: 'bot applications.commands' });
    expect(new PermissionsBitField(BigInt(permissions ?? 0)).toArray().toSorted()).toEqual(
      ['AttachFiles', 'ReadMessageHistory', 'SendMessages', 'SendMessagesInThreads', 'ViewChannel'].toSorted(),
    );
  });

  it("to a person's own chats asks for the commands alone", () => {
    expect(queries(ID).person).toEqual({ client_id: ID, scope: 'applications.commands', integration_type: '1' });
  });

  it('is to servers alone where the application is not open to people', () => {
    expect(Object.keys(queries(ID, false))).toEqual(['server']);
  });

  it('is known from the token without a connection', async () => {
    const discord = createDiscord({ token: TOKEN, apiUrl: 'http://127.0.0.1:9/api', log: silent });
    expect(discord.invitations?.()).toEqual(invitationsTo(ID));
    await discord.stop();
  });

  it.each(['', 'no-token', 'discord-double-token', `${Buffer.from('12x45678901234567').toString('base64')}.a.b`])(
    'is unknown from %j, which is no token of a bot',
    (token) => {
      expect(idInToken(token)).toBeUndefined();
    },
  );
});

it.each(['README.md', 'README.ko.md'])('%s has both links, to be filled in', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  for (const { url } of invitationsTo('YOUR_CLIENT_ID')) expect(text).toContain(`\`${url}\``);
});

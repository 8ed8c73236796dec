import { GatewayCloseCodes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { awayText } from '../../src/cards/away-text.ts';
import { refusalOfClose, TOKEN_DEAD } from '../../src/chat/discord/login-refusal.ts';
import { appTokenReason } from '../../src/chat/slack/check-tokens.ts';
import type { AwayReason } from '../../src/stories/platforms.ts';
import { catalogue } from './stories.ts';

const closed = (code: number): AwayReason => {
  const { message: reason = '', ...said } = refusalOfClose(code) ?? {};
  return { reason, ...said };
};

const refused = (code: string): AwayReason =>
  appTokenReason({ kind: 'refused', code, details: [] }) ?? { reason: 'not a refusal of the token' };

/** Every reason that a platform gives, by the code that makes it where that is more than a key. */
const REASONS: readonly AwayReason[] = [
  { reason: 'Lost (1006).', key: 'lost', values: { why: '1006' } },
  { reason: 'Used up.', key: 'discord-starts', values: { instant: '2024-07-30 20:04 UTC' } },
  { reason: TOKEN_DEAD.message, key: TOKEN_DEAD.key },
  closed(GatewayCloseCodes.DisallowedIntents),
  closed(GatewayCloseCodes.ShardingRequired),
  closed(GatewayCloseCodes.InvalidAPIVersion),
  refused('missing_scope'),
  refused('invalid_auth'),
  { reason: 'No port.', key: 'slack-port', values: { port: '3000', code: 'EADDRINUSE' } },
  { reason: 'Uninstalled.', key: 'slack-uninstalled' },
];

describe('why nothing arrives from a platform', () => {
  it.each(REASONS)('is said in the language of the asker: $key', (why) => {
    const [english, korean] = ['en', 'ko'].map((language) => awayText(catalogue.in(language), why));
    expect(english).not.toBe(why.reason);
    expect(english).not.toContain('{{');
    expect(korean).toMatch(/[가-힣]/);
    expect(korean).not.toContain('{{');
    for (const value of Object.values(why.values ?? {})) {
      expect(english).toContain(value);
      expect(korean).toContain(value);
    }
  });

  it('is said in English where the messages have nothing for it', () => {
    const words = catalogue.in('ko');
    expect(awayText(words, { reason: 'New.', key: 'of-another-version' })).toBe('New.');
    expect(awayText(words, { reason: 'Plain.' })).toBe('Plain.');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SUBSCRIPTION_DAYS } from '../../src/channels/subscriptions.ts';
import { platformFacts } from '../../src/stories/platforms.ts';
import { root } from '../../src/util/read-config.ts';

const privacy = readFileSync(join(root, 'PRIVACY.md'), 'utf8');

test('PRIVACY.md says for how long a question and the wish for direct messages are kept, as the code has it', () => {
  const minutes = (platform: string) => String(platformFacts(platform).replyMinutes);
  expect(privacy).toContain(`at most ${minutes('discord')} minutes (Discord) or ${minutes('slack')} minutes (Slack)`);
  expect(privacy).toContain(`at most ${SUBSCRIPTION_DAYS} days after the last press`);
});

test('PRIVACY.md names the commands that end the posting and delete what is stored', () => {
  for (const option of ['stop:off', 'stop:forget']) expect(privacy).toContain(`/setup ${option}`);
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it, test } from 'vitest';
import { buildCard } from '../../../src/cards/story-cards.ts';
import { ENTRY_KEYS, readChannelsFile } from '../../../src/chat/webhook/channels-file.ts';
import { eventSchema } from '../../../src/chat/webhook/event.ts';
import { readSecrets, signedHeaders } from '../../../src/chat/webhook/signature.ts';
import { createWebhook } from '../../../src/chat/webhook/webhook.ts';
import { root } from '../../../src/util/read-config.ts';
import { EVERY_STORY } from '../../cards/every-story.ts';
import { catalogue } from '../../cards/stories.ts';
import { startWebhookDouble } from '../../doubles/webhook/index.ts';
import { temporaryFile } from '../../market/temporary.ts';
import { endpointAt } from './endpoints.ts';

const page = readFileSync(join(root, 'docs/webhooks.md'), 'utf8');
const blockOf = (language: string): string =>
  new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(page)?.[1] ?? '';

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const BODY = '{"title": "▼ 엔비디아"}';
const signed = (now: number, body = BODY, secrets = SECRET) =>
  signedHeaders(readSecrets(secrets) ?? [], { id: 'sw-1', now, body });

/** Headers and body, and whether they are good now. */
const cases = (now: number): readonly [what: string, headers: Record<string, string>, isGood: boolean][] => [
  ['a good one', signed(now), true],
  ['one of two secrets', signed(now, BODY, `whsec_${'A'.repeat(43)}= ${SECRET}`), true],
  ['another body', signed(now, '{}'), false],
  ['an old one', signed(now - 301_000), false],
  ['another secret', signed(now, BODY, `whsec_${'A'.repeat(43)}=`), false],
];

describe('the page on webhooks', () => {
  it('has an event of the form that it describes', () => {
    const event = JSON.parse(blockOf('json'));
    expect(eventSchema.parse(event)).toEqual(event);
  });

  it('explains every key of config/channels.yaml, as does the file itself', () => {
    const file = readFileSync(join(root, 'config/channels.yaml'), 'utf8');
    for (const key of ENTRY_KEYS) {
      expect(page).toContain(`| \`${key}\` |`);
      expect(file).toMatch(new RegExp(`^# +(- )?${key}: `, 'm'));
    }
    // What the file has as a comment can be used.
    const used = file.replace('webhooks: []\n', '').replaceAll(/^# (?= |webhooks)/gm, '');
    expect(readChannelsFile(temporaryFile('channels.yaml', used))).toMatchObject([{ name: 'desk', day: [7] }]);
  });

  it('verifies in Node what the bot signs, and nothing else', async () => {
    const { verify } = await import(pathToFileURL(temporaryFile('verify.mjs', blockOf('js'))).href);
    for (const [what, headers, isGood] of cases(Date.now())) expect(verify(headers, BODY, SECRET), what).toBe(isGood);
  });

  it('verifies in Python what the bot signs, and nothing else', ({ skip }) => {
    const all = cases(Date.now());
    const given = JSON.stringify(all.map(([, headers]) => headers));
    const program = `${blockOf('python')}
import json, sys
for headers in json.loads(sys.argv[1]):
    print(verify(headers, sys.argv[2].encode(), sys.argv[3]))
`;
    try {
      const out = execFileSync('python3', ['-c', program, given, BODY, SECRET], { encoding: 'utf8' });
      expect(out.trim().split('\n')).toEqual(all.map(([, , isGood]) => (isGood ? 'True' : 'False')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return skip('there is no python3');
      throw error;
    }
  });
});

test('the event of every card in every language is of the published schema', async () => {
  const receiver = await startWebhookDouble();
  const platform = createWebhook({ endpoints: [endpointAt(receiver)] });
  const every = Object.values(EVERY_STORY).flatMap((all) =>
    all.flatMap((stories) => catalogue.languages.map((language) => ({ stories, language }))),
  );
  await Promise.all(
    every.map(({ stories, language }, n) =>
      platform.post({
        ...{ channelId: 'desk', key: `sw-${n}`, maybePosted: false, stories },
        card: buildCard(stories, language, catalogue),
      }),
    ),
  );
  await receiver.close();
  expect(receiver.taken).toHaveLength(every.length);
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, 'docs/webhook-event.schema.json'), 'utf8')));
  for (const { event } of receiver.taken) {
    expect(event.data.symbols).not.toContain('*');
    expect(validate(event), JSON.stringify(validate.errors)).toBe(true);
    expect(eventSchema.parse(event)).toEqual(event);
  }
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../commands/command.ts';
import { commands as ours } from '../../../commands/index.ts';
import { slackManifest } from '../../../src/chat/slack/manifest.ts';
import { root } from '../../../src/util/read-config.ts';
import { sharedOrSkip } from '../../shared.ts';
import { catalogue, commands } from './fake-questions.ts';

const faultsOf = (manifest: object, schemaPath: string): unknown => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const check = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')));
  return check(manifest) ? [] : check.errors;
};

test('the manifest in config matches the commands', () => {
  const path = join(root, 'config/slack-manifest.json');
  const written: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  const generated = slackManifest(ours, catalogue.in('en'));
  expect(written, 'config/slack-manifest.json is out of date: run `npm run manifest`').toEqual(generated);
});

test.for(catalogue.languages)('it is valid for Slack in %s', (language, context) => {
  const schema = sharedOrSkip(context, 'specs/slack-manifest.schema.json');
  expect(faultsOf(slackManifest(ours, catalogue.in(language)), schema)).toEqual([]);
});

describe('the manifest', () => {
  const { features, settings, oauth_config } = slackManifest(commands, catalogue.in('en'));

  test('lists /slidewatch and the commands with a slash command of their own, with usage hints', () => {
    expect(features.slash_commands).toMatchObject([
      { command: '/slidewatch', usage_hint: expect.stringContaining('quote nvda') },
      { command: '/quote', usage_hint: '<symbol>' },
      { command: '/chart', usage_hint: '<symbol> [range: 1m|6m|1y]' },
    ]);
  });

  test('requests the scopes and events that questions need', () => {
    expect(oauth_config.scopes.bot).toEqual(expect.arrayContaining(['commands', 'app_mentions:read', 'chat:write']));
    expect(settings.event_subscriptions.bot_events).toContain('app_mention');
    expect(settings).toMatchObject({ interactivity: { is_enabled: true }, socket_mode_enabled: true });
  });

  test.each(['mute', 'status', 'help', 'remind', 'who', 'facts list'])(
    'refuses a /%s, which Slack would refuse',
    (name) => {
      const [quote] = commands;
      const wrong = { ...quote, name, standalone: true } as Command;
      expect(() => slackManifest([wrong], catalogue.in('en'))).toThrow(`/${name}`);
    },
  );
});

test('Slack gives an app no more than 25 slash commands', () => {
  expect(slackManifest(ours, catalogue.in('en')).features.slash_commands.length).toBeLessThanOrEqual(25);
});

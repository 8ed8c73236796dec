import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAppUrl } from '../../../src/chat/slack/create-app-url.ts';
import { root } from '../../../src/util/read-config.ts';

it("Slack's link holds the whole manifest of config", () => {
  const url = new URL(createAppUrl());
  expect(url.origin + url.pathname).toBe('https://api.slack.com/apps');
  expect(url.searchParams.get('new_app')).toBe('1');
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'config/slack-manifest.json'), 'utf8'));
  expect(JSON.parse(url.searchParams.get('manifest_json') ?? '')).toEqual(manifest);
});

it('it has no mark that ends a link in Markdown, and is short enough for every browser and server', () => {
  expect(createAppUrl()).toMatch(/^[\w:/?&=.%~!*-]+$/);
  expect(createAppUrl().length).toBeLessThan(8_000);
});

it.each(['README.md', 'README.ko.md'])('%s has it', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  expect(text, 'out of date: run `npm run manifest`').toContain(`\n[slack-app]: ${createAppUrl()}\n`);
  expect(text).toContain('][slack-app]');
});

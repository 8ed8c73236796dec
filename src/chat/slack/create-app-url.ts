import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../util/read-config.ts';

/** Slack's page for a new app. */
export const NEW_APP_URL = 'https://api.slack.com/apps?new_app=1';

const MARKS: Readonly<Record<string, string>> = { '(': '%28', ')': '%29', "'": '%27' };

/**
 * Slack's page that creates the app from our manifest, about 4,000 characters long. Source of its form:
 * docs.slack.dev/app-manifests/configuring-apps-with-app-manifests.
 */
export const createAppUrl = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'config/slack-manifest.json'), 'utf8'));
  // Brackets and apostrophes would end a link in Markdown.
  const text = encodeURIComponent(JSON.stringify(manifest)).replaceAll(/[()']/g, (mark) => MARKS[mark] ?? mark);
  return `${NEW_APP_URL}&manifest_json=${text}`;
};

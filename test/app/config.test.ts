import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { configFile } from '../../src/util/read-config.ts';
import { createRecordingLog } from '../chat/slack/support.ts';
import { temporaryFolder } from '../market/temporary.ts';

const NOW = Date.parse('2026-01-05T15:00:00Z');

/** The bot's own companies and others, as a folder that stands in for config/. */
const withCompanies = (more: string): void => {
  const companies = readFileSync(configFile('companies.yaml'), 'utf8');
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'companies.yaml'), companies + more);
  writeFileSync(join(folder, 'watchlist.yaml'), readFileSync(configFile('watchlist.yaml'), 'utf8'));
  vi.stubEnv('SLIDEWATCH_CONFIG', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
};

test('a start says of which companies the figures are gone, and nothing where none are', () => {
  const { log, lines } = createRecordingLog();
  loadConfig(NOW, log);
  expect(lines).toEqual([]);
  withCompanies('  ZZZ:\n    name: { en: Zed, ko: 제드 }\n    role: buyer\n');
  const again = createRecordingLog();
  loadConfig(NOW, again.log);
  expect(again.lines).toMatchObject([
    { level: 'warn', message: expect.stringContaining('no figures in ZZZ.yaml, but') },
  ]);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { checkedSettings } from '../../../src/channels/settings-schema.ts';
import { readChannelsFile, settingsOfEntry } from '../../../src/chat/webhook/channels-file.ts';
import { webhook } from '../../../src/chat/webhook/kind.ts';
import { loadWatchlist } from '../../../src/market/watchlist.ts';
import { root } from '../../../src/util/read-config.ts';
import { temporaryFolder } from '../../market/temporary.ts';

const SECRET = `whsec_${'A'.repeat(43)}=`;
const ENV = { DESK_URL: 'https://hooks.example.com/hidden?token=hidden', DESK_SECRET: SECRET };
const DESK = 'webhooks:\n  - name: desk\n    url_env: DESK_URL\n    secret_env: DESK_SECRET\n';

const fileOf = (text: string): string => {
  const path = join(temporaryFolder(), 'channels.yaml');
  writeFileSync(path, text);
  return path;
};

/** Reads a channels.yaml in place of the one that ships. */
const read = (text: string, env: Record<string, string> = ENV) => {
  const path = fileOf(text);
  vi.stubEnv('SLIDEWATCH_CONFIG', join(path, '..'));
  onTestFinished(() => void vi.unstubAllEnvs());
  return webhook.read(env, ['en', 'ko']);
};

const faultOf = (text: string, env?: Record<string, string>): string => {
  try {
    read(text, env);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

test('the file that ships names none', () => {
  expect(readChannelsFile(join(root, 'config/channels.yaml'))).toEqual([]);
  expect(read('webhooks: []\n')).toBeUndefined();
});

describe('a webhook', () => {
  it('needs a name and two variables, and has the defaults of every channel then', () => {
    expect(read(DESK)?.options.channels).toEqual([{ address: 'desk', settings: {} }]);
    expect(webhook.namedVariables?.()).toEqual(['DESK_URL', 'DESK_SECRET']);
  });

  it('has the settings of the file, which are valid ones of a channel', () => {
    const all = `${DESK}    language: ko
    time_zone: Asia/Seoul
    kinds: [drawdown, digest]
    symbols: [NVDA, IXIC]
    drawdown: [20, 12.5]
    day: [7]
    quiet: { from: "22:00", to: "07:00" }
    digest_at: "18:00"
    updates: false
`;
    const [channel] = read(all)?.options.channels ?? [];
    expect(channel?.language).toBe('ko');
    expect(checkedSettings(channel?.settings)).toEqual({
      timeZone: 'Asia/Seoul',
      kinds: ['drawdown', 'digest'],
      without: [...loadWatchlist().symbols.keys()].filter((symbol) => symbol !== 'NVDA' && symbol !== 'IXIC'),
      // The watchlist's other window is off.
      rules: { '*': { drawdown: { 20: [], 252: [1_250, 2_000] }, day: [700] } },
      quiet: { from: '22:00', to: '07:00' },
      digest: { at: '18:00' },
      edits: false,
    });
  });

  it('keeps the watchlist’s levels of the kind that it does not give', () => {
    const [entry] = readChannelsFile(fileOf(`${DESK}    day: [5]\n`));
    expect(entry && settingsOfEntry(entry, loadWatchlist())).toEqual({ rules: { '*': { day: [500] } } });
  });
});

describe('a fault', () => {
  it.each([
    ['no list', 'webhooks: 5\n', /channels.yaml:1: webhooks: expected a list/],
    ['an unknown key', `${DESK}    secret: x\n`, /channels.yaml:5: unknown key "secret"/],
    [
      'a URL in place of a variable',
      DESK.replace('DESK_URL', 'https://a.example/x'),
      /:3: .*url_env: expected the name/,
    ],
    ['two of one name', `${DESK}${DESK.slice(10)}`, /two have the same name/],
    ['a name with a space', DESK.replace('desk', 'my desk'), /name: expected a name of up to 40/],
    ['a level of 100', `${DESK}    drawdown: [100]\n`, /less than 100 percent/],
    ['a kind that is none', `${DESK}    kinds: [news]\n`, /a kind is one of drawdown/],
    ['a symbol that nobody watches', `${DESK}    symbols: [NVDA, XYZ]\n`, /desk: XYZ not in config\/watchlist.yaml/],
    [
      'more levels than a channel may have',
      `${DESK}    day: [${Array.from({ length: 21 }, (_, n) => n + 1).join(', ')}]\n`,
      /desk: rules.*at most 20 levels/,
    ],
    ['a language without messages', `${DESK}    language: fr\n`, /desk: language: expected en or ko/],
  ])('in the file is one line: %s', (_what, text, line) => {
    expect(faultOf(text)).toMatch(line);
    expect(faultOf(text)).not.toContain('\n');
  });

  it.each([
    ['no URL', { DESK_SECRET: SECRET }, /^DESK_URL is missing, but config\/channels.yaml names it for desk/],
    ['no secret', { DESK_URL: ENV.DESK_URL }, /^DESK_SECRET is missing/],
    ['no URL at all', { ...ENV, DESK_URL: 'hidden' }, /^DESK_URL: expected an https URL/],
    ['http', { ...ENV, DESK_URL: 'http://hooks.example.com/hidden' }, /^DESK_URL: expected an https URL/],
    ['a private address', { ...ENV, DESK_URL: 'https://10.0.0.1/hidden' }, /^DESK_URL: .*private: true/],
    ['a short secret', { ...ENV, DESK_SECRET: 'whsec_hidden' }, /^DESK_SECRET: expected whsec_/],
  ])('in a variable names it and not its value: %s', (_what, env, line) => {
    expect(faultOf(DESK, env)).toMatch(line);
    expect(faultOf(DESK, env)).not.toMatch(/hidden/);
  });

  it('hides no other', () => {
    expect(faultOf(`${DESK}    symbols: [XYZ]\n`, {}).split('\n')).toHaveLength(3);
  });

  it('in the file leaves no variable named', () => {
    faultOf('webhooks: 5\n');
    expect(webhook.namedVariables?.()).toEqual([]);
  });
});

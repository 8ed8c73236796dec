import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Proposal, proposalOf } from '../../src/facts/proposals/proposal.ts';
import { addProposals } from '../../src/store/proposals.ts';
import { openStore } from '../../src/store/store.ts';
import { root } from '../../src/util/read-config.ts';
import { amounts, report } from '../facts/edgar/inline/report.ts';
import { sharedOrSkip } from '../shared.ts';
import { ownEnvironment } from './environment.ts';
import { type Ended, slidewatch, withEnv } from './in-process.ts';

const run = (...args: string[]): Promise<Ended> => slidewatch('facts', ...args);

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch-proposals-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

const guided = (published: string, low: number, high: number): Proposal =>
  proposalOf(
    {
      ...{ subject: 'META', metric: 'capex_guidance', basis: 'incl_finance_lease_principal', label: 'CY2026' },
      ...{ period: { start: '2026-01-01', end: '2026-12-31' }, published, time: '16:05' },
      source: {
        title: 'Meta 8-K 0001326801-26-000099',
        url: 'https://www.sec.gov/Archives/edgar/data/1326801/1/ex991.htm',
      },
    },
    { low: low * 1e9, high: high * 1e9 },
    `We expect 2026 capital expenditures of $${low}-${high} billion.`,
  );

/** A database with guidance of 28 October 2026, which the ledger does not have, and of 29 July, when it has another. */
const scene = async (
  proposals: readonly Proposal[] = [guided('2026-10-28', 140, 150), guided('2026-07-29', 1, 2)],
  env: Readonly<Record<string, string>> = {},
) => {
  const url = `sqlite:${join(temporaryFolder(), 'facts.db')}`;
  withEnv({ DATABASE_URL: url, LOG_LEVEL: 'silent', SLIDEWATCH_CONFIG: '', ...env });
  const store = await openStore(url);
  await addProposals(store.db, proposals, Date.parse('2026-10-29T12:00:00Z'));
  await store.close();
  return url;
};

const guidance = async (): Promise<unknown[]> => {
  const { out } = await run('show', 'META', '--as-of', '2026-10-28T16:05', '--format', 'json');
  return (JSON.parse(out) as Record<string, unknown>[]).filter(({ published }) => published === '2026-10-28');
};

/** As a process of its own. */
const spawned = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { env: ownEnvironment({ ...env, LOG_LEVEL: 'silent', SLIDEWATCH_CONFIG: '' }) };
    execFile(process.execPath, [join(root, 'src/main.ts'), 'facts', ...args], options, (error, out, err) =>
      resolve({ code: error === null ? 0 : 2, out, err }),
    );
  });

/** One line on stderr, and nothing else. */
const refused = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await run(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^[^\n]+\n$/);
  return err.trim();
};

test('facts proposals lists what waits: the range, the sentence, when and where it was said', async () => {
  await scene();
  const { out } = await run('proposals');
  expect(out).toBe(`1  META capex_guidance CY2026: 140–150B (incl_finance_lease_principal)
   “We expect 2026 capital expenditures of $140-150 billion.”
   2026-10-28 16:05, Meta 8-K 0001326801-26-000099, https://www.sec.gov/Archives/edgar/data/1326801/1/ex991.htm

2  META capex_guidance CY2026: 1–2B (incl_finance_lease_principal)
   “We expect 2026 capital expenditures of $1-2 billion.”
   2026-07-29 16:05, Meta 8-K 0001326801-26-000099, https://www.sec.gov/Archives/edgar/data/1326801/1/ex991.htm
`);
});

test('without proposals it says that nothing waits', async () => {
  await scene([]);
  expect((await run('proposals')).out).toBe('No guidance waits to be confirmed.\n');
  expect((await run('proposals', '--all')).out).toBe('No guidance was ever proposed.\n');
});

test('nothing unconfirmed is shown; an accepted one is, from its minute, in the place of what was said before', async () => {
  await scene();
  expect(await guidance()).toEqual([]);
  const { out, code } = await run('accept', '1', '--by', 'Ada Lovelace');
  expect(code).toBe(0);
  expect(out).toBe('Accepted: META capex_guidance CY2026, 140–150B. It counts from 2026-10-28 16:05, New York.\n');
  expect(await guidance()).toMatchObject([{ metric: 'capex_guidance', low: 140_000, high: 150_000 }]);
  const { out: shown } = await run('show', 'META', '--as-of', '2026-10-29');
  expect(shown).toContain('140–150B, raised from 130–145B on 2026-10-28');
  const { out: before } = await run('show', 'META', '--as-of', '2026-10-28T16:04');
  expect(before).not.toContain('140–150B');
  expect((await run('proposals')).out).not.toContain('140–150B');
  expect((await run('proposals', '--all')).out).toMatch(
    /140–150B \(.*\), accepted by Ada Lovelace on \d{4}-\d\d-\d\d$/m,
  );
});

test('facts check says how much waits, and nothing once it is decided', async () => {
  await scene();
  expect((await run('check')).out).toContain('\nGuidance to confirm: 2; see npm run facts -- proposals\n');
  for (const id of ['1', '2']) await run('reject', id, '--by', 'Ada');
  expect((await run('check')).out).not.toContain('Guidance to confirm');
});

test('a rejected one is never shown, and is not in the list any more', async () => {
  await scene();
  expect((await run('reject', '1', '--by', 'Ada')).out).toBe('Rejected: META capex_guidance CY2026, 140–150B.\n');
  expect(await guidance()).toEqual([]);
  expect((await run('proposals')).out).not.toContain('140–150B');
});

test('who decides is the account where nobody is named', async () => {
  await scene(undefined, { USER: 'grace' });
  await run('reject', '1');
  expect((await run('proposals', '--all')).out).toContain('rejected by grace on');
});

describe('is refused in one line, and changes nothing:', () => {
  test('accepting twice, and deciding otherwise', async () => {
    await scene();
    await run('accept', '1', '--by', 'Ada');
    for (const name of ['accept', 'reject'])
      expect(await refused(name, '1', '--by', 'Bob')).toMatch(
        /^proposal 1 was accepted by Ada on \d{4}-\d\d-\d\d; nothing is changed$/,
      );
    expect(await guidance()).toHaveLength(1);
  });

  test('a number that is not in the list', async () => {
    await scene();
    expect(await refused('accept', '7')).toBe('there is no proposal 7; npm run facts -- proposals lists them');
  });

  test.each([['proposals'], ['proposals', '--all'], ['accept', '1'], ['reject', '1']])(
    '%s %s where there is no database, which is not made for it',
    async (...args) => {
      const folder = join(temporaryFolder(), 'not', 'there');
      const path = join(folder, 'none.db');
      withEnv({ DATABASE_URL: `sqlite:${path}` });
      expect(await refused(...args.filter((it) => it !== undefined))).toBe(
        `there is no database at ${path}; correct DATABASE_URL, or start the bot or run npm run facts -- refresh, which make one`,
      );
      expect(existsSync(folder)).toBe(false);
    },
  );

  test('accepting what another process decides meanwhile: one of them wins, and the other says who', async () => {
    const url = await scene();
    const ended = await Promise.all(
      ['Ada', 'Bob'].map((by) => spawned({ DATABASE_URL: url }, 'accept', '1', '--by', by)),
    );
    const [won, ...alsoWon] = ended.filter(({ code }) => code === 0);
    const [lost] = ended.filter(({ code }) => code !== 0);
    expect([won?.out, alsoWon]).toEqual([expect.stringMatching(/^Accepted: META capex_guidance CY2026/), []]);
    expect(lost?.err).toMatch(/^proposal 1 was accepted by (Ada|Bob) on \d{4}-\d\d-\d\d; nothing is changed\n$/);
    expect(await guidance()).toHaveLength(1);
  });

  test.each(['0', '-1', 'one', '1.5', '1 2'])('%j, which is no number of a proposal', async (id) => {
    await scene();
    expect(await refused('accept', '--', id)).toBe(`"${id}": expected the number of a proposal`);
  });

  test('guidance that the ledger contradicts', async () => {
    await scene();
    expect(await refused('accept', '2', '--by', 'Ada')).toMatch(
      /^proposal 2: the ledger contradicts it: 130–145B, CY2026 of 2026-07-29 \(.*\), against 1–2B; reject it, or correct the ledger$/,
    );
    expect((await run('proposals')).out).toContain('1–2B');
    expect((await run('reject', '2', '--by', 'Ada')).code).toBe(0);
  });
});

describe('facts segments', () => {
  const file = (text: string): string => {
    const path = join(temporaryFolder(), 'report.htm');
    writeFileSync(path, text);
    return path;
  };
  const args = (document: string, symbol = 'nvda'): string[] => [
    ...['segments', '--document', document, '--symbol', symbol, '--filed', '2025-08-27'],
  ];

  test('prints every span of a real report with how many months it has', async (context) => {
    const path = sharedOrSkip(context, 'data/edgar/ixbrl/nvda-10q-2025-08-27.htm');
    const { out, code } = await run(...args(path));
    expect(code).toBe(0);
    expect(out).toMatch(/^datacenter_revenue +2025-04-28 to 2025-07-27 +3 +41,096 +market_platform_revenue$/m);
    expect(out).toMatch(/^datacenter_revenue +2024-04-29 to 2024-07-28 +3 +26,272 +/m);
    expect(out).toMatch(/^datacenter_revenue +2025-01-27 to 2025-07-27 +6 +80,208 +/m);
    const { out: json } = await run(...args(path), '--format', 'json');
    expect(JSON.parse(json)[0]).toEqual({
      ...{ symbol: 'NVDA', metric: 'datacenter_revenue', start: '2025-04-28', end: '2025-07-27', months: 3 },
      ...{ value: 41_096, unit: 'USD_M', basis: 'market_platform_revenue' },
    });
  });

  test('names a year’s figure as twelve months', async (context) => {
    const path = sharedOrSkip(context, 'data/edgar/ixbrl/googl-10k-2025-02-05.htm');
    expect((await run(...args(path, 'GOOGL'))).out).toMatch(
      /^cloud_revenue +2024-01-01 to 2024-12-31 +12 +43,229 +segment_revenue$/m,
    );
  });

  test('says what cannot be right', async () => {
    const member = { 'srt:ProductOrServiceAxis': 'nvda:DataCenterMember' };
    const path = file(
      report([
        ...amounts('us-gaap:Revenues', member, { '2025-04-28/2025-07-27': '2' }),
        ...amounts('us-gaap:Revenues', {}, { '2025-04-28/2025-07-27': '1' }),
      ]),
    );
    expect((await run(...args(path))).out).toMatch(/market_platform_revenue; cannot be right: above the total$/m);
  });

  test('refuses in one line what it cannot read', async () => {
    expect(await refused(...args('none.htm'))).toBe(
      "none.htm: the file cannot be read; pass a report's primary document",
    );
    const cut = file(report([]).slice(0, -20));
    expect(await refused(...args(cut))).toBe(`${cut}: the file is truncated; download it again`);
    const other = file(report([]));
    expect(await refused(...args(other))).toBe(
      `${other}: Nvidia's datacenter_revenue is not in it; pass a 10-Q or 10-K of it`,
    );
    expect(await refused(...args(other, 'TSLA'))).toBe(
      '--symbol "TSLA": expected one of AAPL, MSFT, GOOGL, AMZN, META, NVDA',
    );
  });
});

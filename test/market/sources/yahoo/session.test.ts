import { describe, expect, it, vi } from 'vitest';
import { AAPL, asked, faultOf, IXIC, MINUTE_MS, NOW, stage } from './setup.ts';

describe("Yahoo's session", () => {
  it('is renewed once when the crumb has expired, and the request repeated once', async () => {
    const { double, source, waits } = await stage();
    await source.quotes([AAPL], NOW);
    double.expireCrumbs();
    expect((await source.quotes([AAPL], NOW)).quotes).toHaveLength(1);
    expect(asked(double)).toEqual({ page: 2, crumb: 2, quote: 3 });
    expect(waits).toEqual([]);
  });

  it('is renewed once by two parallel requests that find it expired', async () => {
    const { double, source } = await stage();
    await source.quotes([AAPL], NOW);
    double.expireCrumbs();
    const answers = await Promise.all([source.quotes([AAPL], NOW), source.quotes([IXIC], NOW)]);
    expect(answers.map(({ quotes }) => quotes.length)).toEqual([1, 1]);
    expect(asked(double)).toEqual({ page: 2, crumb: 2, quote: 5 });
  });

  it.each(['invalid-crumb', 'unable-to-access'] as const)(
    'that is never taken (%s) ends in one clear error',
    async (fault) => {
      const { double, source } = await stage();
      double.fail({ fault, times: Number.POSITIVE_INFINITY });
      const error = await faultOf(source.quotes([AAPL], NOW));
      expect(error.fault).toBe('refused');
      expect(error.message).toContain('rejected our session');
      expect(asked(double)).toEqual({ page: 2, crumb: 2, quote: 2 });
    },
  );

  it('recovers by itself once Yahoo takes it again', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'invalid-crumb', times: 2 });
    await faultOf(source.quotes([AAPL], NOW));
    expect((await source.quotes([AAPL], NOW + MINUTE_MS)).quotes).toHaveLength(1);
  });

  it('does not keep junk for a crumb', async () => {
    const { double, source, waits } = await stage();
    double.fail({ fault: 'junk-crumb' });
    expect((await source.quotes([AAPL], NOW)).quotes).toHaveLength(1);
    expect(asked(double)).toEqual({ page: 2, crumb: 2, quote: 1 });
    expect(waits).toHaveLength(1);
  });

  it('also drops the cookies that came with a junk crumb', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'junk-crumb' });
    const headers = { 'set-cookie': ['A3=marked; Domain=.yahoo.com; Path=/', 'B=1; Domain=.yahoo.com; Path=/'] };
    double.fail(({ endpoint }) =>
      endpoint === 'page' && asked(double).page === 1 ? { status: 200, headers, body: '' } : undefined,
    );
    await source.quotes([AAPL], NOW);
    const shown = double.requests
      .filter(({ endpoint }) => endpoint === 'crumb')
      .map(({ headers: { cookie } }) => cookie);
    expect(shown).toEqual(['A3=marked; B=1', expect.not.stringContaining('B=1')]);
  });

  it('treats a junk crumb as throttling, and requests no quote with it', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'junk-crumb', times: Number.POSITIVE_INFINITY });
    expect((await faultOf(source.quotes([AAPL], NOW))).fault).toBe('throttled');
    expect(asked(double)).toEqual({ page: 3, crumb: 3 });
  });

  it('treats a page in place of a crumb as junk', async () => {
    const { double, source } = await stage();
    const headers = { 'content-type': 'text/html' };
    double.fail(({ endpoint }) =>
      endpoint === 'crumb' ? { status: 200, headers, body: '<html>Sorry</html>' } : undefined,
    );
    expect((await faultOf(source.quotes([AAPL], NOW))).fault).toBe('throttled');
  });

  it('passes the consent pages of European visitors', async () => {
    const { double, source } = await stage({ double: { consent: 'asked' } });
    expect((await source.quotes([AAPL], NOW)).quotes).toHaveLength(1);
    expect(asked(double)).toEqual({ page: 2, consent: 4, crumb: 1, quote: 1 });
  });

  it('says so if giving consent leads nowhere', async () => {
    const { double, source, waits } = await stage({ double: { consent: 'stuck' } });
    const error = await faultOf(source.quotes([AAPL], NOW));
    expect(error.fault).toBe('refused');
    expect(error.message).toContain('cookie consent');
    expect(asked(double)).toEqual({ page: 1, consent: 3 });
    expect(waits).toEqual([]);
  });

  it.each([
    ['a redirect', { status: 302, headers: { location: 'https://consent.yahoo.com/v2/collectConsent' }, body: '' }],
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<form action="/v2/collectConsent">' }],
  ])('says so if Yahoo asks for consent in place of data, by %s', async (_, answer) => {
    const { double, source } = await stage();
    double.fail(({ endpoint }) => (endpoint === 'chart' ? answer : undefined));
    const error = await faultOf(source.history(AAPL, '2025-02-14', NOW));
    expect([error.fault, error.message]).toEqual(['refused', expect.stringContaining('cookie consent')]);
  });

  it('is not looked for on a host that is not Yahoo', async () => {
    const { double, source } = await stage();
    double.fail(() => ({ status: 302, headers: { location: 'https://example.com/guce.yahoo' }, body: '' }));
    const error = await faultOf(source.quotes([AAPL], NOW));
    expect([error.fault, error.message]).toEqual(['refused', expect.stringContaining('not its own')]);
  });

  it('needs a cookie, and says so if there is none', async () => {
    const { double, source } = await stage();
    double.fail(({ endpoint }) => (endpoint === 'page' ? { status: 200, headers: {}, body: '' } : undefined));
    expect((await faultOf(source.quotes([AAPL], NOW))).message).toContain('no session cookie');
  });

  it('is never printed, logged or part of an error', async () => {
    const { double, source, logged } = await stage();
    const printed = (['log', 'info', 'warn', 'error', 'dir'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    await source.quotes([AAPL], NOW);
    const { query, headers } = double.requests.at(-1) ?? {};
    const secrets = [query?.get('crumb') ?? '', /A3=([^;]+)/.exec(String(headers?.cookie))?.[1] ?? ''];
    expect(secrets.every((secret) => secret.length >= 8)).toBe(true);

    let revealed = '';
    for (const fault of ['invalid-crumb', 'server-error', 'disconnect', 'edge-429'] as const) {
      double.fail({ fault, times: 6 });
      const error = await faultOf(source.quotes([AAPL], NOW));
      revealed += `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      double.heal();
    }
    revealed += JSON.stringify(logged);
    expect(secrets.filter((secret) => revealed.includes(secret))).toEqual([]);
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

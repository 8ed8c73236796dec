import { describe, expect, it } from 'vitest';
import { findDocument, indexPath } from '../../../src/facts/edgar/filing-index.ts';
import { faultOf, stage } from './setup.ts';

const row = (link: string, type: string): string => `<tr class="evenRow">
<td scope="row">2</td>
<td scope="row">${type}</td>
<td scope="row">${link}</td>
<td scope="row">${type}</td>
<td scope="row">364220</td>
</tr>`;

const link = (path: string): string => `<a href="${path}">document</a> &nbsp;`;

const FOLDER = '/Archives/edgar/data/789019/000095017024087835';

describe('a document in the index of a filing', () => {
  it('is found by its type', () => {
    const page = `<table>${row(link(`${FOLDER}/8k.htm`), '8-K')}${row(link(`${FOLDER}/msft-ex99_1.htm`), 'EX-99.1')}</table>`;
    expect(findDocument(page, 'EX-99.1')).toBe(`${FOLDER}/msft-ex99_1.htm`);
  });

  it('is its file, and not the viewer of it', () => {
    expect(findDocument(row(link(`/ix?doc=${FOLDER}/8k.htm`), '8-K'), '8-K')).toBe(`${FOLDER}/8k.htm`);
  });

  it.each([
    ['of another type', row(link(`${FOLDER}/ex99_2.htm`), 'EX-99.2')],
    ['without a link', row('', 'EX-99.1')],
    ['with a link to elsewhere', row(link('https://example.com/Archives/x.htm'), 'EX-99.1')],
    ['in a page cut off', row(link(`${FOLDER}/msft-ex99_1.htm`), 'EX-99.1').slice(0, -20)],
    ['in another layout', `<ul><li>EX-99.1 ${link(`${FOLDER}/msft-ex99_1.htm`)}</li></ul>`],
    ['in an empty page', ''],
  ])('%s is not found', (_, page) => {
    expect(findDocument(page, 'EX-99.1')).toBeUndefined();
  });
});

it('the index of a filing has its accession number twice', () => {
  expect(indexPath(789019, '0000950170-24-087835')).toBe(
    '/Archives/edgar/data/789019/000095017024087835/0000950170-24-087835-index.htm',
  );
});

describe('the client', () => {
  const MSFT = 789019;
  const ACCESSION = '0000950170-24-087835';
  const withRelease = async () => {
    const scene = await stage();
    scene.double.addFiling(MSFT, {
      ...{ accession: ACCESSION, form: '8-K', filed: '2024-07-30', items: '2.02,9.01' },
      exhibits: { 'EX-99.1': 'msft-ex99_1.htm' },
    });
    return { ...scene, exhibit: () => scene.client.document(MSFT, ACCESSION, 'EX-99.1') };
  };

  it('gives the address of an exhibit at the SEC, whichever origin it asks', async () => {
    const { exhibit, double } = await withRelease();
    expect(await exhibit()).toBe('https://www.sec.gov/Archives/edgar/data/789019/000095017024087835/msft-ex99_1.htm');
    expect(double.requests[0]?.headers).toMatchObject({ accept: 'text/html' });
  });

  it('gives none of a filing that is not there', async () => {
    const { client } = await withRelease();
    expect(await client.document(MSFT, '0000950170-24-000001', 'EX-99.1')).toBeUndefined();
  });

  it('is throttled, spaced and tried again as for figures', async () => {
    const { exhibit, double, time } = await withRelease();
    double.fail({ fault: 'unavailable', times: 1, retryAfter: 7 });
    expect(await exhibit()).toContain('msft-ex99_1.htm');
    expect(time.waits.some((ms) => ms >= 7_000)).toBe(true);
    double.fail({ fault: 'throttled-403', times: 4 });
    expect((await faultOf(exhibit())).fault).toBe('throttled');
  });
});

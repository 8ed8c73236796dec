import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSegments } from '../../../../src/facts/edgar/segments/segment-amounts.ts';
import { sharedOrSkip } from '../../../shared.ts';
import { amounts, report } from '../inline/report.ts';
import { factsOf, filer, lines } from './marks.ts';

const CONTRACTS = 'us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax';
const SEGMENTS = 'us-gaap:StatementBusinessSegmentsAxis';
const PRODUCTS = 'srt:ProductOrServiceAxis';

describe('in the companies’ own documents', () => {
  test.for([
    [
      'NVDA',
      'nvda-10q-2025-08-27',
      '2025-08-27',
      'datacenter_revenue',
      [
        '2025-04-28/2025-07-27 41096',
        '2024-04-29/2024-07-28 26272',
        '2025-01-27/2025-07-27 80208',
        '2024-01-29/2024-07-28 48835',
      ],
    ],
    [
      'GOOGL',
      'googl-10k-2025-02-05',
      '2025-02-05',
      'cloud_revenue',
      ['2022-01-01/2022-12-31 26280', '2023-01-01/2023-12-31 33088', '2024-01-01/2024-12-31 43229'],
    ],
    // Two dimensions.
    [
      'GOOGL',
      'googl-10k-2025-02-05',
      '2025-02-05',
      'ad_revenue',
      ['2022-01-01/2022-12-31 224473', '2023-01-01/2023-12-31 237855', '2024-01-01/2024-12-31 264590'],
    ],
    [
      'AMZN',
      'amzn-10k-2025-02-07',
      '2025-02-07',
      'cloud_revenue',
      ['2022-01-01/2022-12-31 80096', '2023-01-01/2023-12-31 90757', '2024-01-01/2024-12-31 107556'],
    ],
  ] as const)('%s, %s: every span and every prior year', ([symbol, file, filed, metric, expected], context) => {
    const path = sharedOrSkip(context, `data/edgar/ixbrl/${file}.htm`);
    const { found, missing } = readSegments(filer(symbol), filed, factsOf(readFileSync(path, 'utf8')));
    const own = found.find((it) => it.metric === metric);
    expect(own && lines(own)).toEqual(expected);
    expect(own?.held).toEqual([]);
    expect(missing).toEqual([]);
  });
});

describe('in documents of the same shapes', () => {
  // Meta's 10-K of 2024, in millions: advertising 160,633, other revenue of the apps 1,722, Reality Labs 2,146.
  test('Meta’s advertising is that of its apps', () => {
    const apps = { [SEGMENTS]: 'meta:FamilyOfAppsMember' };
    const text = report([
      ...amounts(CONTRACTS, {}, { '2024-01-01/2024-12-31': '164,501', '2023-01-01/2023-12-31': '134,902' }),
      ...amounts(CONTRACTS, apps, { '2024-01-01/2024-12-31': '162,355' }),
      ...amounts(
        CONTRACTS,
        { ...apps, [PRODUCTS]: 'us-gaap:AdvertisingMember' },
        { '2024-01-01/2024-12-31': '160,633', '2023-01-01/2023-12-31': '131,948' },
      ),
    ]);
    const { found } = readSegments(filer('META'), '2025-01-30', factsOf(text));
    expect(found.map(({ metric }) => metric)).toEqual(['ad_revenue']);
    expect(found.flatMap(lines)).toEqual(['2024-01-01/2024-12-31 160633', '2023-01-01/2023-12-31 131948']);
  });

  test('a segment that is marked in two ways counts once', () => {
    const ads = { [PRODUCTS]: 'us-gaap:AdvertisingMember' };
    const text = report([
      ...amounts(CONTRACTS, ads, { '2024-01-01/2024-12-31': '160,633' }),
      ...amounts(CONTRACTS, { ...ads, [SEGMENTS]: 'meta:FamilyOfAppsMember' }, { '2024-01-01/2024-12-31': '160,633' }),
    ]);
    expect(readSegments(filer('META'), '2025-01-30', factsOf(text)).found.flatMap(lines)).toEqual([
      '2024-01-01/2024-12-31 160633',
    ]);
  });

  test('Meta’s advertising without a segment beside it is found, too', () => {
    const text = report(
      amounts(CONTRACTS, { [PRODUCTS]: 'us-gaap:AdvertisingMember' }, { '2024-01-01/2024-12-31': '160,633' }),
    );
    expect(readSegments(filer('META'), '2025-01-30', factsOf(text)).found.flatMap(lines)).toEqual([
      '2024-01-01/2024-12-31 160633',
    ]);
  });

  // Apple's 10-Q of May 2025: services 26,645 of 95,359.
  test('Apple’s services are a product line', () => {
    const text = report([
      ...amounts(CONTRACTS, {}, { '2024-12-29/2025-03-29': '95,359' }),
      ...amounts(CONTRACTS, { [PRODUCTS]: 'us-gaap:ProductMember' }, { '2024-12-29/2025-03-29': '68,714' }),
      ...amounts(
        CONTRACTS,
        { [PRODUCTS]: 'us-gaap:ServiceMember' },
        {
          '2024-12-29/2025-03-29': '26,645',
          '2023-12-31/2024-03-30': '23,867',
          '2024-09-29/2025-03-29': '52,985',
        },
      ),
    ]);
    const { found } = readSegments(filer('AAPL'), '2025-05-02', factsOf(text));
    expect(found.map(({ metric, basis }) => [metric, basis])).toEqual([['services_revenue', 'product_line_revenue']]);
    expect(found.flatMap(lines)).toEqual([
      '2024-12-29/2025-03-29 26645',
      '2023-12-31/2024-03-30 23867',
      '2024-09-29/2025-03-29 52985',
    ]);
  });

  // Microsoft's 10-Q of October 2024: 24,092, and 20,013 the year before as redrawn; 24,259 as told then.
  test.each([
    ['2023-10-24', 'intelligent_cloud_to_fy24'],
    ['2024-07-31', 'intelligent_cloud_to_fy24'],
    ['2024-10-30', 'intelligent_cloud_from_fy25'],
  ])('Microsoft’s Intelligent Cloud of a report filed %s is on the basis %s, prior years included', (filed, basis) => {
    const member = {
      [SEGMENTS]: 'msft:IntelligentCloudMember',
      'srt:ConsolidationItemsAxis': 'us-gaap:OperatingSegmentsMember',
    };
    const text = report(
      amounts(CONTRACTS, member, { '2024-07-01/2024-09-30': '24,092', '2023-07-01/2023-09-30': '20,013' }),
    );
    const { found } = readSegments(filer('MSFT'), filed, factsOf(text));
    expect(found.map((it) => it.basis)).toEqual([basis]);
    expect(found.flatMap(lines)).toEqual(['2024-07-01/2024-09-30 24092', '2023-07-01/2023-09-30 20013']);
  });

  test('a segment is not told from a part of it, or from the same member on another axis', () => {
    const cloud = { [SEGMENTS]: 'amzn:AmazonWebServicesSegmentMember' };
    const text = report([
      ...amounts(
        CONTRACTS,
        { ...cloud, 'srt:StatementGeographicalAxis': 'country:US' },
        { '2025-01-01/2025-03-31': '20,000' },
      ),
      ...amounts(CONTRACTS, { [PRODUCTS]: 'amzn:AmazonWebServicesSegmentMember' }, { '2025-01-01/2025-03-31': '1' }),
      ...amounts('us-gaap:Depreciation', cloud, { '2025-01-01/2025-03-31': '2' }),
    ]);
    expect(readSegments(filer('AMZN'), '2025-05-02', factsOf(text))).toEqual({ found: [], missing: ['cloud_revenue'] });
  });

  test('the first tag counts where both have an amount of a period, the other where it alone has', () => {
    const cloud = { [SEGMENTS]: 'goog:GoogleCloudMember' };
    const text = report([
      ...amounts('us-gaap:Revenues', cloud, { '2025-04-01/2025-06-30': '13,624', '2024-04-01/2024-06-30': '1' }),
      ...amounts(CONTRACTS, cloud, { '2024-04-01/2024-06-30': '10,347' }),
    ]);
    const { found } = readSegments(filer('GOOGL'), '2025-07-24', factsOf(text));
    expect(
      found
        .filter(({ metric }) => metric === 'cloud_revenue')
        .flatMap(lines)
        .toSorted(),
    ).toEqual(['2024-04-01/2024-06-30 10347', '2025-04-01/2025-06-30 13624']);
  });

  test('of an amount and the same one rounded in the text, the exact one counts', () => {
    const member = { [PRODUCTS]: 'nvda:DataCenterMember' };
    const text = report([
      {
        concept: 'us-gaap:Revenues',
        shown: '41.1',
        period: '2025-04-28/2025-07-27',
        dimensions: member,
        attributes: 'unitRef="usd" scale="9" format="ixt:num-dot-decimal"',
      },
      ...amounts('us-gaap:Revenues', member, { '2025-04-28/2025-07-27': '41,096' }),
    ]);
    expect(readSegments(filer('NVDA'), '2025-08-27', factsOf(text)).found.flatMap(lines)).toEqual([
      '2025-04-28/2025-07-27 41096',
    ]);
  });
});

describe('an amount that cannot be right is held', () => {
  const QUARTER = '2025-04-28/2025-07-27';
  const BEFORE = '2024-04-29/2024-07-28';
  const member = { [PRODUCTS]: 'nvda:DataCenterMember' };
  const doubts = (
    shown: Readonly<Record<string, string>>,
    totals: Readonly<Record<string, string>> = {},
    more = '',
  ) => {
    const own = amounts('us-gaap:Revenues', member, shown).map((it) =>
      it.shown.startsWith('-')
        ? {
            ...it,
            shown: it.shown.slice(1),
            attributes: 'unitRef="usd" scale="6" sign="-" format="ixt:num-dot-decimal"',
          }
        : it,
    );
    const text = report([...own, ...amounts('us-gaap:Revenues', {}, totals)], more);
    const [first] = readSegments(filer('NVDA'), '2025-08-27', factsOf(text)).found;
    return { kept: first && lines(first), held: first?.held.map(({ doubt }) => doubt) };
  };

  test('one below zero', () => {
    expect(doubts({ [QUARTER]: '-41,096' })).toEqual({ kept: [], held: ['negative'] });
  });

  test('one above the whole company’s', () => {
    expect(doubts({ [QUARTER]: '46,744' }, { [QUARTER]: '46,743' })).toEqual({ kept: [], held: ['above the total'] });
    expect(doubts({ [QUARTER]: '46,743' }, { [QUARTER]: '46,743' }).held).toEqual([]);
  });

  test('one more than five times the year before, or less than a fifth, without a total that it fits into', () => {
    const far = ['far from the year before'];
    expect(doubts({ [QUARTER]: '50,001', [BEFORE]: '10,000' })).toEqual({ kept: [`${BEFORE} 10000`], held: far });
    expect(doubts({ [QUARTER]: '1,999', [BEFORE]: '10,000' }).held).toEqual(far);
    expect(doubts({ [QUARTER]: '50,000', [BEFORE]: '10,000' }).held).toEqual([]);
  });

  // Nvidia's quarter to January 2024 was 18,404, after 3,616: 5.1 times.
  test('one that grew fivefold inside a total is right, one a thousandfold off is not', () => {
    expect(doubts({ [QUARTER]: '18,404', [BEFORE]: '3,616' }, { [QUARTER]: '22,103' }).held).toEqual([]);
    expect(doubts({ [QUARTER]: '18', [BEFORE]: '3,616' }, { [QUARTER]: '22,103' }).held).toEqual([
      'far from the year before',
    ]);
  });

  test('one that the document tells as two values, equally exact', () => {
    const twice = `<p><ix:nonFraction contextRef="c-0" name="us-gaap:Revenues" unitRef="usd" scale="6" format="ixt:num-dot-decimal">41,097</ix:nonFraction></p>`;
    expect(doubts({ [QUARTER]: '41,096' }, {}, twice)).toEqual({ kept: [], held: ['told as two values'] });
  });
});

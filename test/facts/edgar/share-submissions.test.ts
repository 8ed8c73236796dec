import { expect, test } from 'vitest';
import { shareSubmissions } from '../../../src/facts/edgar/share-submissions.ts';
import { stage } from './setup.ts';

const META = 1326801;
const TENQ = { accession: '0001326801-24-000069', form: '10-Q', filed: '2024-08-01' };

test('one round asks for a company’s filings once, the next one again', async () => {
  const { client, double } = await stage();
  double.addFiling(META, TENQ);
  const asked = () => double.requests.filter(({ endpoint }) => endpoint === 'submissions').length;
  const round = shareSubmissions(client);
  const [first, second] = await Promise.all([round.submissions(META), round.submissions(META)]);
  expect(first).toHaveLength(1);
  expect([await round.submissions(META), second, asked()]).toEqual([first, first, 1]);
  await shareSubmissions(client).submissions(META);
  expect(asked()).toBe(2);
});

test('after a failure it is asked for again, and the other questions go through', async () => {
  const { client, double } = await stage();
  double.addFiling(META, TENQ);
  double.fail({ fault: 'disconnect', times: 4 });
  const round = shareSubmissions(client);
  await expect(round.submissions(META)).rejects.toMatchObject({ fault: 'unreachable' });
  expect(await round.submissions(META)).toHaveLength(1);
  expect(await round.concept(META, 'NoSuchTag')).toBeUndefined();
});

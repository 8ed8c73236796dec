import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHeartbeatJob } from '../../src/schedule/heartbeat-job.ts';
import { silent } from '../../src/telemetry/log.ts';

const MINUTE = 60_000;

const monitor = async () => {
  const calls: (string | undefined)[] = [];
  const answer = { status: 200 };
  const server = createServer(({ url }, response) => {
    calls.push(url);
    response.writeHead(answer.status).end('OK');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping/secret-id`;
  const said: string[] = [];
  const note = (_fields: unknown, message = String(_fields)) => void said.push(message);
  const log = { ...silent, warn: note, info: note } as unknown as typeof silent;
  return { url, calls, answer, said, log };
};

test('the URL is called once a minute while all is well, and not while something fails', async () => {
  const { url, log, calls } = await monitor();
  let well = true;
  const job = createHeartbeatJob({ url, log, isWell: async () => well });
  for (let second = 0; second < 120; second += 1) await job.run(second * 1_000);
  expect(calls).toEqual(['/ping/secret-id', '/ping/secret-id']);
  well = false;
  for (let minute = 2; minute < 5; minute += 1) await job.run(minute * MINUTE);
  expect(calls).toHaveLength(2);
  well = true;
  await job.run(5 * MINUTE);
  expect(calls).toHaveLength(3);
});

test('a URL that cannot be reached is said once, without the URL, and so is that it can be again', async () => {
  const { url, log, said, answer } = await monitor();
  const job = createHeartbeatJob({ url, log, isWell: async () => true });
  answer.status = 404;
  for (let minute = 0; minute < 3; minute += 1) await job.run(minute * MINUTE);
  answer.status = 200;
  for (let minute = 3; minute < 6; minute += 1) await job.run(minute * MINUTE);
  expect(said).toEqual([
    'HEARTBEAT_URL cannot be reached: check it, and the network',
    'HEARTBEAT_URL is reached again',
  ]);
});

test('nothing is called once it is told to stop', async () => {
  const { url, log, calls } = await monitor();
  const job = createHeartbeatJob({ url, log, isWell: async () => true });
  await job.stop();
  await job.run(0);
  expect(calls).toEqual([]);
});

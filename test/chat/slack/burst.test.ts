import { expect, test } from 'vitest';
import { catalogue, commands, fakeQuestions } from './fake-questions.ts';
import { CHANNEL, double, httpPlatform, platform, SIGNING_SECRET } from './support.ts';

/** A second's worth of commands, ten times over without the pauses. */
const ROUNDS = 10;
const COMMANDS_PER_SECOND = 20;

test.each(['Socket Mode', 'HTTP'])(
  'two hundred commands over %s are all acknowledged in time, however slow the answers, and all answered',
  async (transport) => {
    const slack = await double();
    const questions = fakeQuestions();
    const asked = { questions, commands, catalogue };
    const http = transport === 'HTTP';
    const bot = http ? httpPlatform(slack, asked) : platform(slack, asked);
    await bot.start();
    if (http) slack.useHttp({ address: bot.address() ?? '', signingSecret: SIGNING_SECRET });
    questions.hold();
    for (let round = 0; round < ROUNDS; round += 1) {
      const line = { command: '/slidewatch', text: 'quote nvda', userId: `U000000${1_000 + round}` };
      const acks = await Promise.all(Array.from({ length: COMMANDS_PER_SECOND }, () => slack.slashCommand(line)));
      expect(Math.max(...acks.map(({ afterMs }) => afterMs))).toBeLessThan(3_000);
    }
    expect(slack.late).toEqual([]);
    expect(slack.messages(CHANNEL)).toEqual([]);
    questions.release();
    await slack.until(() => slack.messages(CHANNEL).length === ROUNDS * COMMANDS_PER_SECOND);
    expect(slack.invalid).toEqual([]);
  },
);

import { onTestFinished } from 'vitest';
import { startDiscordDouble } from './discord/double.ts';
import { startSlackDouble } from './slack/slack-double.ts';
import { startYahooDouble } from './yahoo/index.ts';

export const CHANNEL = '112233445566778899';
export const SLACK_CHANNEL = 'C0000000001';

interface BothChatsOptions {
  /** The time there, epoch milliseconds. Default: the computer's. */
  readonly now?: () => number;
  /** Milliseconds between two posts to a Slack channel. Default: Slack's. */
  readonly postGapMs?: number;
}

/** Discord and Slack, each with one channel, and Yahoo, until the end of the test; `env`: what .env says of them. */
export const startBothChats = async ({ now = Date.now, ...slackOnly }: BothChatsOptions = {}) => {
  const [discord, slack, yahoo] = await Promise.all([
    startDiscordDouble({ now }),
    startSlackDouble({ now, ...slackOnly }),
    startYahooDouble({ now }),
  ]);
  onTestFinished(async () => {
    await Promise.all([discord.close(), slack.close(), yahoo.close()]);
  });
  discord.addChannel(CHANNEL);
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_CHANNEL_ID: CHANNEL,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_CHANNEL_ID: SLACK_CHANNEL,
    SLACK_API_URL: slack.apiUrl,
    YAHOO_URL: yahoo.url,
  };
  return { discord, slack, yahoo, env };
};

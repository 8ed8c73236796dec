import type { DeliveryLine, DeliveryList } from '../../src/board/board-view.ts';
import { NOW, nvidiaEn } from './board-view.ts';

export const line: DeliveryLine = {
  id: 40,
  kind: 'slide',
  card: { id: 38, title: nvidiaEn.card.title, language: 'en' },
  platform: 'slack',
  channel: 12,
  origin: 'setup',
  state: 'sent',
  attempts: 1,
  createdAt: NOW - 38_000,
};

export const list: DeliveryList = {
  lines: [
    line,
    { ...line, id: 39, state: 'pending', attempts: 2, reason: 'HTTP 429', until: NOW + 30_000 },
    { ...line, id: 38, state: 'failed', reason: 'channel is archived', platform: 'discord', origin: 'env' },
    { ...line, id: 37, state: 'muted', attempts: 0, until: NOW + 600_000 },
    { ...line, id: 36, state: 'pending', attempts: 1, pause: { text: 'The bot may not post there.' }, reason: '403' },
    { ...line, id: 35, platform: 'board', channel: 1 },
  ],
  hasOlder: true,
  hasNewer: false,
  counts: [
    { platform: 'slack', state: 'sent', count: 1_200 },
    { platform: 'discord', state: 'sent', count: 30 },
    { platform: 'slack', state: 'failed', count: 2 },
    { platform: 'slack', state: 'expired', count: 1 },
    { platform: 'discord', state: 'quiet', count: 4 },
  ],
  lost: 0,
  now: NOW,
};

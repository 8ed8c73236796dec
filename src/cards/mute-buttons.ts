import type { Translator } from '../i18n/catalogue.ts';
import { encodeCall } from './call.ts';
import type { Action } from './card.ts';

/** Silences for an hour, or through the next session; of everything where no symbol is named. */
export const muteButtons = (words: Translator, symbol?: string): Action[] => {
  const of = symbol === undefined ? {} : { symbol };
  return [
    {
      label: words.say('channel.button.mute-hour'),
      call: encodeCall({ name: 'mute', options: { ...of, duration: '1h' } }),
    },
    {
      label: words.say('channel.button.mute-session'),
      call: encodeCall({ name: 'mute', options: { ...of, duration: 'session' } }),
    },
  ];
};

/** Ends a silence; `*` all of them. */
export const unmuteButton = (words: Translator, symbol: string): Action => ({
  label: words.say('channel.button.unmute'),
  call: encodeCall({ name: 'unmute', options: symbol === '*' ? {} : { symbol } }),
});

import type { Translator } from '../../i18n/catalogue.ts';
import type { Health } from '../board-view.ts';
import { because, sinceHtml } from './health-html.ts';
import { type Html, html } from './html.ts';
import { placeName, platformStateName } from './names.ts';

const part = (isGood: boolean, name: string, state: Html | string): Html =>
  html`<li><span class="lamp ${isGood ? 'good' : 'bad'}" aria-hidden="true"></span><b>${name}</b> <span class="quiet">${state}</span></li> `;

/** Sources and platforms, each in a few words. */
export const healthLine = (words: Translator, { sources, platforms, problem }: Health): Html =>
  html`${problem && html`<p class="why"><span aria-hidden="true">⚠</span> ${problem}</p>`}<ul class="health-line">${sources.map(
    ({ name, ok }) => part(ok, placeName(words, name), words.say(ok ? 'board.health.working' : 'board.health.failing')),
  )}${platforms.map(({ name, state, since, detail, disconnected }) => {
    if (state === 'down')
      return part(
        false,
        placeName(words, name),
        html`${platformStateName(words, state)}${sinceHtml(words, since)}${because(detail)}`,
      );
    return part(
      disconnected === undefined,
      placeName(words, name),
      disconnected
        ? html`${words.say('board.health.disconnected')}${sinceHtml(words, disconnected.since)}`
        : platformStateName(words, state),
    );
  })}</ul>`;

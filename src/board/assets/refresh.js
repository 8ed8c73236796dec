// Exchanges what has changed, as soon as the bot sends it. Only a page in view listens: a browser gives one site few connections.
{
  const disconnected = document.getElementById('disconnected');
  let events;
  let reading = false;
  let again = false;

  const have = () =>
    [...document.querySelectorAll('[data-live]')].map(({ id, dataset }) => `${id}:${dataset.live}`).join(' ');

  // Counts what came by the stream: an answer to an older question must not undo it.
  let told = 0;

  const exchange = (parts) => {
    for (const [id, { markup, version }] of Object.entries(parts)) {
      const shown = document.getElementById(id);
      if (shown === null) continue;
      const fresh = new DOMParser().parseFromString(`<body>${markup}`, 'text/html');
      const focused = shown.contains(document.activeElement) ? document.activeElement.id : '';
      shown.replaceChildren(...fresh.body.childNodes);
      shown.dataset.live = version;
      if (focused !== '') document.getElementById(focused)?.focus();
      if (id === 'headline') document.title = `${shown.querySelector('h1')?.textContent ?? ''} · Slidewatch`;
    }
  };

  const refresh = async () => {
    again = reading;
    if (reading) return;
    reading = true;
    const toldBefore = told;
    try {
      const answer = await fetch(location.href, { cache: 'no-store', headers: { 'x-board-have': have() } });
      const parts = answer.status === 200 ? await answer.json() : {};
      if (told === toldBefore) exchange(parts);
      else again = true;
    } catch {
      // The stream breaks with the connection, and says so.
    }
    reading = false;
    if (again) await refresh();
  };

  const follow = () => {
    events?.close();
    if (document.hidden || document.querySelector('[data-live]') === null) return;
    events = new EventSource(`/events?of=${encodeURIComponent(location.pathname + location.search)}`);
    events.addEventListener('open', () => {
      disconnected.hidden = true;
      void refresh();
    });
    events.addEventListener('parts', ({ data }) => {
      told += 1;
      exchange(JSON.parse(data));
    });
    events.addEventListener('changed', () => void refresh());
    events.addEventListener('again', follow);
    events.addEventListener('error', () => {
      disconnected.hidden = false;
      // After a refusal, such as of one stream too many, the browser does not try again by itself.
      if (events.readyState === EventSource.CLOSED) setTimeout(follow, 30_000);
    });
  };

  // The day of the bill: dragging shows each day at once, by its address, which the form has, too.
  const slider = document.getElementById('day-slider');
  const field = document.querySelector('input[name="as-of"]');
  if (slider !== null && field !== null) {
    const DAY_MS = 86_400_000;
    const first = Date.parse(slider.dataset.first);
    const dayAt = (days) => new Date(first + days * DAY_MS).toISOString().slice(0, 10);
    slider.max = String((Date.parse(slider.dataset.last) - first) / DAY_MS);
    slider.value = String((Date.parse(field.value) - first) / DAY_MS);
    slider.setAttribute('aria-valuetext', field.value);
    slider.hidden = false;
    slider.addEventListener('input', () => {
      const address = new URL(location.href);
      field.value = dayAt(slider.valueAsNumber);
      slider.setAttribute('aria-valuetext', field.value);
      address.searchParams.set('as-of', field.value);
      history.replaceState(null, '', address);
      void refresh();
    });
    slider.addEventListener('change', follow);
  }

  // What only changes the order of a page is exchanged in it; without script it is loaded.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-exchange]') : null;
    if (link === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.replaceState(null, '', link.href);
    const address = document.querySelector('.choices input[name="to"]');
    if (address !== null) address.value = location.pathname + location.search;
    void refresh();
    follow();
  });

  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', () => events?.close());
  addEventListener('pageshow', follow);
}

// Exchanges what has changed, as soon as the bot says so. Only a page in view listens: a browser gives one site few connections.
{
  const disconnected = document.getElementById('disconnected');
  let events;
  let reading = false;
  let again = false;

  const exchange = (next) => {
    for (const fresh of next.querySelectorAll('[data-live]')) {
      const shown = document.getElementById(fresh.id);
      if (shown !== null && shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...fresh.childNodes);
    }
  };

  const refresh = async () => {
    again = reading;
    if (reading) return;
    reading = true;
    try {
      const answer = await fetch(location.href, { cache: 'no-store' });
      const page = await answer.text();
      // Without its head: the style in there carries the nonce of another answer.
      if (answer.ok) exchange(new DOMParser().parseFromString(page.slice(page.indexOf('<body>')), 'text/html'));
    } catch {
      // The stream breaks with the connection, and says so.
    }
    reading = false;
    if (again) await refresh();
  };

  const follow = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource('/events');
    events.addEventListener('open', () => {
      disconnected.hidden = true;
      void refresh();
    });
    events.addEventListener('changed', () => void refresh());
    events.addEventListener('error', () => {
      disconnected.hidden = false;
    });
  };

  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', () => events?.close());
  addEventListener('pageshow', follow);
}

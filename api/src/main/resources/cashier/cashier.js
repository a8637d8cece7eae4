(() => {
  'use strict';

  const announce = document.getElementById('announce');
  let main = document.getElementById('cashier');
  if (!main) {
    return; // A message page: it refreshes by itself.
  }
  const base = location.pathname.replace(/\/$/, '');
  const POLL_MS = 3000;
  const PREPARING_MS = 2500;
  const BRIDGE_MS = 8000;

  let clockOffset = 0; // server minus browser, so that a wrong clock does not cheat the buyer
  let announced = '';
  let drawing = false;
  let polling = null;
  let leftForPayment = false;

  function say(text) {
    if (announce.textContent !== text) {
      announce.textContent = text;
    }
  }

  function begin() {
    announced = '';
    if (main.dataset.now) {
      clockOffset = Date.parse(main.dataset.now) - Date.now();
    }
    const form = document.getElementById('confirm');
    if (form) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        confirm(form.querySelector('button'));
      });
    }
    for (const link of main.querySelectorAll('[data-leave]')) {
      link.addEventListener('click', () => { leftForPayment = true; });
    }
    const bridge = document.getElementById('bridge');
    if (bridge) {
      bridge.addEventListener('click', () => payInWechat(bridge));
    }
    const onward = main.querySelector('[data-go]');
    if (onward) {
      // Once: who comes back by the browser's own button stays here.
      history.replaceState(null, '', location.pathname + location.search.replace(/&?go=1/, ''));
      leftForPayment = onward.id !== 'bridge';
      onward.click();
    }
    if ('preparing' in main.dataset) {
      setTimeout(redraw, PREPARING_MS);
    }
    tick();
  }

  function tick() {
    const countdown = document.getElementById('countdown');
    if (!countdown || !main.dataset.deadline) {
      return;
    }
    const left = Math.max(0, Math.ceil((Date.parse(main.dataset.deadline) - Date.now() - clockOffset) / 1000));
    const hours = Math.floor(left / 3600);
    const minutes = String(Math.floor(left / 60) % 60).padStart(2, '0');
    const seconds = String(left % 60).padStart(2, '0');
    countdown.textContent = left === 0 ? countdown.dataset.up
      : (hours ? hours + ':' : '') + minutes + ':' + seconds;
    document.getElementById('progress').value = left;
    if (left <= 60 && left > 50 && announced !== 'one') {
      announced = 'one';
      say(announce.dataset.one);
    } else if (left <= 300 && left > 290 && announced !== 'five') {
      announced = 'five';
      say(announce.dataset.five);
    }
    if (left === 0 && main.dataset.state === 'waiting' && !drawing) {
      drawing = true;
      setTimeout(() => { drawing = false; redraw(); }, 1500);
    }
  }

  function apply(status) {
    if (announce.textContent === announce.dataset.offline) {
      say('');
    }
    if (status.version !== main.dataset.version) {
      redraw();
    }
  }

  // The server draws every state in the buyer's language; the script only swaps it in.
  async function redraw() {
    if (drawing) {
      return;
    }
    drawing = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
      const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const next = drawn.getElementById('cashier');
      if (next) {
        const changed = next.dataset.state !== main.dataset.state;
        main.replaceWith(next);
        main = next;
        document.title = drawn.title;
        if (changed) {
          say(document.getElementById('heading').textContent);
        }
        begin();
        if (changed) {
          // Heard once by a screen reader; the eye has the heading itself.
          setTimeout(() => say(''), 4000);
        }
      }
    } catch (e) {
      say(announce.dataset.offline);
      setTimeout(redraw, POLL_MS);
    } finally {
      drawing = false;
    }
  }

  async function status() {
    try {
      const answer = await fetch(base + '/status', { headers: { Accept: 'application/json' }, cache: 'no-store' });
      if (answer.ok) {
        apply(await answer.json());
      }
    } catch (e) {
      say(announce.dataset.offline);
    }
  }

  async function confirm(button) {
    const label = button ? button.textContent : '';
    if (button) {
      button.disabled = true;
      button.textContent = button.dataset.busy;
    }
    try {
      const answer = await fetch(base + '/confirm', { method: 'POST', headers: { Accept: 'application/json' } });
      if (answer.ok) {
        apply(await answer.json());
      }
      if (button && main.dataset.state === 'waiting') {
        say(announce.dataset.notSeen);
      }
    } catch (e) {
      say(announce.dataset.offline);
    } finally {
      if (button) {
        button.disabled = false;
        button.textContent = label;
      }
    }
  }

  // WeChat hands its bridge to the page a moment after it has loaded; elsewhere there is none.
  function payInWechat(button) {
    const says = document.getElementById('bridge-says');
    let begun = false;
    button.disabled = true;
    const invoke = () => {
      if (begun) {
        return;
      }
      begun = true;
      window.WeixinJSBridge.invoke('getBrandWCPayRequest', JSON.parse(button.dataset.parameters), (answer) => {
        const ended = answer.err_msg.split(':')[1];
        button.disabled = false;
        button.textContent = button.dataset.again;
        if (ended === 'ok') {
          // What WeChat tells the page is no payment yet: the channel is asked.
          says.textContent = says.dataset.ok;
          button.hidden = true;
          confirm(document.querySelector('#confirm button'));
        } else {
          says.textContent = ended === 'cancel' ? says.dataset.cancel : says.dataset.fail;
          document.getElementById('bridge-anew').hidden = ended === 'cancel';
        }
      });
    };
    if (window.WeixinJSBridge) {
      invoke();
      return;
    }
    document.addEventListener('WeixinJSBridgeReady', invoke, { once: true });
    setTimeout(() => {
      if (!begun) {
        begun = true;
        button.disabled = false;
        says.textContent = says.dataset.none;
      }
    }, BRIDGE_MS);
  }

  function poll() {
    if (!polling) {
      polling = setInterval(status, POLL_MS);
    }
  }

  function listen() {
    if (!('EventSource' in window)) {
      poll();
      return;
    }
    const events = new EventSource(base + '/events');
    events.addEventListener('status', (event) => apply(JSON.parse(event.data)));
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) {
        poll();
      }
    };
  }

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') {
      return;
    }
    if (leftForPayment && main.dataset.state === 'waiting') {
      leftForPayment = false;
      confirm(document.querySelector('#confirm button'));
    } else {
      status();
    }
  });

  begin();
  setInterval(tick, 1000);
  listen();
})();

// Pages behind the links of our mails. The token stands behind the '#', so it never travels in an address; it is sent only when the person asks for it.
const form = document.querySelector('form');
const said = document.querySelector('#said');
const token = new URLSearchParams(location.hash.slice(1)).get('token');

function say(text, good) {
  said.textContent = text;
  said.className = good ? 'good' : 'bad';
}

if (!token) {
  say('This link is not complete. Open it from the mail again, or ask for a new one.', false);
  form.hidden = true;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const body = { token, ...Object.fromEntries(new FormData(form)) };
    const response = await fetch(form.dataset.api, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    const answer = await response.json();
    say(answer.detail, response.ok);
    form.hidden = response.ok;
  } catch {
    say('The server did not answer. Please try again.', false);
  } finally {
    button.disabled = false;
  }
});

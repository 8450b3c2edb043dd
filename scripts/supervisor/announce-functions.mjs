// Tells an Inngest server where our functions are. It does not look for them by itself.
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 40;

/**
 * Asks the web process to register its functions with the server that its environment names, until it worked: the server
 * may still be starting. Runs beside the start; nothing waits for it. Signed, as the web process does this for nobody else;
 * a developer's server has no key.
 */
export async function announceFunctions({ url, signingKey, log, signal, waitMs = 3000 }) {
  for (let tries = 1; tries <= TRIES && !signal.aborted; tries++) {
    const { status, message } = await put(`${url}/api/inngest`, signingKey);
    if (status === 200) return true;
    if (tries === 1) log(`The Inngest server does not know our functions yet (${message}); trying again for a while.`);
    await sleep(waitMs, undefined, { signal }).catch(() => {});
  }
  if (!signal.aborted) {
    log(
      'The Inngest server could not be told of our functions: nothing is started until it knows them. Check INNGEST_BASE_URL\n' +
        'and both keys, then restart, or sync the app from the pages of that server.',
    );
  }
  return false;
}

const BODY = '{}';

/** Inngest's way of signing: the body and the second, with the key behind its prefix. */
function signatureOf(signingKey) {
  const t = Math.round(Date.now() / 1000).toString();
  const key = signingKey.replace(/^signkey-[\w]+-/, '');
  return `t=${t}&s=${createHmac('sha256', key).update(BODY).update(t).digest('hex')}`;
}

function put(url, signingKey) {
  const headers = {
    'content-type': 'application/json',
    ...(signingKey && { 'x-inngest-signature': signatureOf(signingKey) }),
  };
  return new Promise((resolve) => {
    const call = request(url, { method: 'PUT', headers, agent: false, timeout: 20_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, message: readMessage(text) }));
      response.on('error', (error) => resolve({ status: 0, message: error.message }));
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', (error) => resolve({ status: 0, message: error.message }));
    call.end(BODY);
  });
}

function readMessage(text) {
  try {
    return String(JSON.parse(text).message ?? 'no reason given').slice(0, 200);
  } catch {
    return 'an answer that is no JSON';
  }
}

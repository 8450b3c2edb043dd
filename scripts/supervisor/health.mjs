// Asks a child whether it is well, over HTTP on loopback.
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const ANSWER_MS = 5000;

/** The JSON a health address answers with, whatever its status code, or null. */
export function askHealth(url, timeoutMs = ANSWER_MS) {
  return new Promise((resolve) => {
    const request = get(url, { timeout: timeoutMs, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', () => resolve(null));
      response.on('end', () => {
        try {
          resolve(JSON.parse(text));
        } catch {
          resolve(null);
        }
      });
    });
    request.on('timeout', () => request.destroy()).on('error', () => resolve(null));
  });
}

/** Resolves once our own web process answers; a stranger on the same port cannot know the boot id. */
export async function untilWeb(url, bootId, signal) {
  while (!signal.aborted) {
    const answer = await askHealth(url, 2000);
    if (answer?.bootId === bootId && answer.database !== 'down') return answer;
    await sleep(100);
  }
  throw new Error('stopped');
}

// Whoever is just starting has this long, however short the limit afterwards.
const START_MS = 30_000;

/**
 * Watches a child that may hang: kills it when nothing came back for `limitMs`. Whoever keeps it alive starts it again.
 * @returns {() => void} ends the watch
 */
export function watchdog({ child, url, accept, log, limitMs = 30_000, everyMs = limitMs / 6, startMs = START_MS }) {
  let lastSeen = Date.now();
  let watched;
  let answered = false;
  const look = async () => {
    const pid = child.pid();
    if (pid !== watched) {
      watched = pid;
      lastSeen = Date.now();
      answered = false;
    }
    const answer = await askHealth(url, Math.min(limitMs, ANSWER_MS));
    if (pid === undefined || pid !== child.pid() || pid !== watched) return;
    if (answer && accept(answer)) {
      lastSeen = Date.now();
      answered = true;
    }
    const limit = answered ? limitMs : Math.max(limitMs, startMs);
    if (Date.now() - lastSeen < limit) return;
    log(`The ${child.name} has not answered for ${limit / 1000} seconds: it is killed and started again.`);
    lastSeen = Date.now();
    child.kill('SIGKILL');
  };
  const timer = setInterval(() => void look(), everyMs);
  return () => clearInterval(timer);
}

import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FaultRule, SimulatorAnswer, SimulatorFault } from './simulator-definition';

const HTML = '<!doctype html><html><head><title>Please wait</title></head><body><h1>Please wait</h1></body></html>';

/** Faults after which the work has been done: only its answer is damaged or lost. */
const AFTER: ReadonlySet<SimulatorFault> = new Set<SimulatorFault>([
  'html200-after',
  'truncated',
  'bad-utf8',
  'drop-after',
  'hang-after',
  'slow',
]);

export interface FaultScene {
  rule: FaultRule;
  response: ServerResponse;
  work(): SimulatorAnswer;
  refusal: SimulatorAnswer;
  unauthorised: SimulatorAnswer;
  /** Where the redirect leads: a trap that counts who follows it. */
  trap: string;
  /** Runs later unless the simulator stopped. */
  after(ms: number, run: () => void): void;
}

function encode(answer: SimulatorAnswer): { status: number; headers: Record<string, string>; body: Buffer } {
  const { status } = answer;
  if (answer.body === undefined) return { status, headers: { ...answer.headers }, body: Buffer.alloc(0) };
  const json = typeof answer.body !== 'string';
  const body = Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body), 'utf8');
  const type = json ? 'application/json' : 'text/plain; charset=utf-8';
  return {
    status,
    headers: { 'content-type': type, 'content-length': String(body.length), ...answer.headers },
    body,
  };
}

/** Sends a whole answer. Nothing happens when the other side is gone. */
export function send(response: ServerResponse, answer: SimulatorAnswer): void {
  if (response.destroyed) return;
  const { status, headers, body } = encode(answer);
  response.writeHead(status, headers).end(body);
}

function sendHtml(response: ServerResponse, status: number): void {
  send(response, { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: HTML });
}

/** The answer's length is announced, half of it sent, then the line is cut. */
function sendTruncated(response: ServerResponse, answer: SimulatorAnswer): void {
  const { status, headers, body } = encode(answer);
  response.writeHead(status, headers);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

function sendBadUtf8(response: ServerResponse, answer: SimulatorAnswer): void {
  const { status, headers, body } = encode(answer);
  const bytes = Buffer.concat([body.subarray(0, 2), Buffer.from([0xc3, 0x28]), body.subarray(2)]);
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) }).end(bytes);
}

function sendSlowly(scene: FaultScene, answer: SimulatorAnswer): void {
  const { status, headers, body } = encode(answer);
  scene.response.writeHead(status, headers);
  let at = 0;
  const next = () => {
    if (scene.response.destroyed) return;
    // An answer without a body is slow as well: its end is late.
    if (at > body.length - 1 && at > 0) return void scene.response.end();
    scene.response.write(body.subarray(at, at + 1));
    at += 1;
    scene.after(scene.rule.delayMs ?? 1000, next);
  };
  next();
}

function sendWithoutEnd(scene: FaultScene): void {
  scene.response.writeHead(200, { 'content-type': 'application/json' });
  const block = Buffer.alloc(64 * 1024, ' ');
  const more = () => {
    if (scene.response.destroyed) return;
    if (scene.response.write(block)) setImmediate(more);
    else scene.response.once('drain', more);
  };
  more();
}

/** 200 MB of spaces in about 200 KB: gzip allows members one after the other, so only one has to be made. */
let bomb: Buffer | undefined;
function sendBomb(response: ServerResponse): void {
  bomb ??= Buffer.concat(Array<Buffer>(200).fill(gzipSync(Buffer.alloc(1024 * 1024, ' '))));
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
}

function sendStatus(scene: FaultScene, status: number): void {
  const { retryAfter } = scene.rule;
  const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
  send(scene.response, { status, headers, body: `Simulated HTTP ${status}` });
}

function answerDamaged(scene: FaultScene, answer: SimulatorAnswer): void {
  const { response } = scene;
  const { fault } = scene.rule;
  if (fault === 'html200-after') sendHtml(response, 200);
  if (fault === 'truncated') sendTruncated(response, answer);
  if (fault === 'bad-utf8') sendBadUtf8(response, answer);
  if (fault === 'drop-after') response.socket?.destroy();
  if (fault === 'slow') sendSlowly(scene, answer);
}

function answerInstead(scene: FaultScene): void {
  const { response } = scene;
  const { fault } = scene.rule;
  if (fault === 'http401') send(response, scene.unauthorised);
  else if (fault === 'http502' || fault === 'http504') sendHtml(response, fault === 'http502' ? 502 : 504);
  else if (fault.startsWith('http')) sendStatus(scene, Number(fault.slice(4)));
  if (fault === 'refused-by-panel') send(response, scene.refusal);
  if (fault === 'html200') sendHtml(response, 200);
  if (fault === 'drop-before') response.socket?.destroy();
  if (fault === 'endless') sendWithoutEnd(scene);
  if (fault === 'gzip-bomb') sendBomb(response);
  if (fault === 'redirect') send(response, { status: 302, headers: { location: scene.trap } });
}

/** Plays one fault. Whether the work is done, and when, is what tells the faults apart. */
export function playFault(scene: FaultScene): void {
  const { fault, delayMs = 0 } = scene.rule;
  if (fault === 'late') {
    // Whoever still listens gets the answer; the work is done in any case, by the rules of that moment.
    scene.after(delayMs, () => send(scene.response, scene.work()));
    return;
  }
  const done = AFTER.has(fault) ? scene.work() : null;
  const answer = () => (done ? answerDamaged(scene, done) : answerInstead(scene));
  if (fault === 'slow' || delayMs === 0) answer();
  else scene.after(delayMs, answer);
}

import { appTexts } from '@/i18n/app-texts';
import { type ReasonTexts, reasonWords } from '../operations/words';
import type { MailLanguage } from './schema';
import type { StaffIncident } from './staff-incident';
import { mailTexts } from './texts';

export interface IncidentWords {
  title: string;
  intro: string;
  advice: string;
  button: string;
  facts: [label: string, value: string | null][];
}

type Lookup = { has(key: string): boolean; (key: string, values?: Record<string, string | number>): string };

/** The panel's own texts, so that a mail and the page it leads to say the same. */
function panelTexts(language: MailLanguage) {
  const texts = appTexts(language);
  // The keys are built from codes, which the library's key types cannot follow; the messages test makes sure of them.
  const lookup = texts as unknown as Lookup;
  const pick = (key: string, otherwise: string) => (lookup.has(key) ? lookup(key) : lookup(otherwise));
  const errorKind = (kind: string) => pick(`errorKinds.${kind}`, 'errorKinds.other');
  const reason: ReasonTexts = {
    reason: (key, values) => lookup(`reasons.${key}`, values),
    errorKind,
    whyNot: (why) => pick(`placement.why.${why.replace(/^server-/, '')}`, 'placement.why.other'),
  };
  return { reason, errorKind, work: (kind: string) => pick(`kinds.${kind}`, 'kinds.CUSTOM_ACTION') };
}

export function incidentSubject(language: MailLanguage, incident: StaffIncident): string {
  const say = mailTexts(language, 'staff');
  const panel = panelTexts(language);
  const work = 'work' in incident ? panel.work(incident.work) : '';
  const kind = 'errorKind' in incident ? panel.errorKind(incident.errorKind) : '';
  return say(`${incident.kind}-subject`, { name: nameOf(incident), work, kind });
}

/** Where the button leads. */
export function incidentPath(incident: StaffIncident): string {
  if ('serviceId' in incident) return `/services/${incident.serviceId}`;
  return 'serverId' in incident ? '/servers' : '/';
}

/** What happened, what it means, what to do. */
export function incidentWords(language: MailLanguage, incident: StaffIncident): IncidentWords {
  const say = mailTexts(language, 'staff');
  const panel = panelTexts(language);
  const details = mailTexts(language, 'common')('details');
  switch (incident.kind) {
    case 'operation-failed':
    case 'operation-unknown': {
      const words = reasonWords(incident.reason, panel.reason);
      return {
        title: words.title,
        intro: words.meaning,
        advice: `${words.next} ${say('same-cause')}`,
        button: say('open-service'),
        facts: [
          [say('service'), incident.service],
          [say('work'), panel.work(incident.work)],
          [say('reference'), incident.operationId],
          [details, words.details],
        ],
      };
    }
    case 'server-held': {
      const held = { id: incident.serverId, name: incident.server };
      const { words: details, endedBy } = incident;
      const words = reasonWords({ code: 'server-held', server: held, words: details, endedBy }, panel.reason);
      return {
        title: words.title,
        intro: words.meaning,
        advice: words.next,
        button: say('open-server'),
        facts: [
          [say('server'), incident.server],
          [say('released-because'), panel.errorKind(incident.errorKind)],
          [details, incident.words],
        ],
      };
    }
    default:
      return { ...ownWords(language, incident), facts: ownFacts(language, incident) };
  }
}

type WithOwnWords = Exclude<StaffIncident, { kind: 'operation-failed' | 'operation-unknown' | 'server-held' }>;

function ownFacts(language: MailLanguage, incident: WithOwnWords): IncidentWords['facts'] {
  const say = mailTexts(language, 'staff');
  const details = mailTexts(language, 'common')('details');
  switch (incident.kind) {
    case 'server-offline':
      return [
        [say('server'), incident.server],
        [say('released-because'), panelTexts(language).errorKind(incident.errorKind)],
        [details, incident.words],
      ];
    case 'usage-doubtful':
      return [
        [say('server'), incident.server],
        [details, incident.words],
      ];
    case 'sso-foreign-host':
      return [
        [say('server'), incident.server],
        [say('led-to'), incident.host],
      ];
    case 'sso-replay':
      return [
        [say('service'), incident.service],
        [say('tries'), String(incident.count)],
      ];
    case 'server-online':
    case 'server-released':
      return [[say('server'), incident.server]];
    case 'no-room':
      return [[say('group'), incident.group]];
    case 'capacity-low':
      return [
        [say('group'), incident.group],
        [say('used'), `${incident.used} / ${incident.capacity}`],
      ];
  }
}

function ownWords(language: MailLanguage, incident: WithOwnWords): Omit<IncidentWords, 'facts'> {
  const say = mailTexts(language, 'staff');
  const name = nameOf(incident);
  return {
    title: say(`${incident.kind}-title`, { name }),
    intro: say(`${incident.kind}-intro`),
    advice: say(`${incident.kind}-advice`),
    button: say('serverId' in incident ? 'open-server' : 'serviceId' in incident ? 'open-service' : 'open-group'),
  };
}

function nameOf(incident: StaffIncident): string {
  if ('service' in incident) return incident.service;
  return 'server' in incident ? incident.server : incident.group;
}

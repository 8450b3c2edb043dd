import { type MailedLink, mailedLink } from '../users/mail-link';
import type { TemplateName } from './choices';
import { sampleChange, sampleIncident, sampleLink, sampleUsageWarning, sampleWelcome } from './samples';
import {
  type ChangeData,
  changeData,
  type MailLanguage,
  type UsageWarningData,
  usageWarningData,
  type WelcomeData,
  welcomeData,
} from './schema';
import { type StaffIncident, staffIncident } from './staff-incident';
import { incidentPath, incidentSubject } from './staff-words';
import { type MailKind, oneLine } from './template-kind';
import type { PersonalLink } from './templates/personal-link';
import { mailTexts } from './texts';
import { usageWords } from './usage-words';

/** Where customers land from a mail: on the page of the service it is about. */
const clientArea = (_data: unknown, serviceId: string | null) => (serviceId ? `/my/services/${serviceId}` : '/my');
const nameOf = ({ domain, product }: { domain: string | null; product: string }) => ({
  service: oneLine(domain ?? product),
});

/**
 * One entry per kind of mail. The layout (templates/<name>.tsx) is loaded only when a mail is rendered: the library
 * behind it takes half a second to load, which no order should wait for.
 */
const welcome: MailKind<WelcomeData> = {
  data: welcomeData,
  subject: (language, data) => mailTexts(language, 'welcome')('subject', nameOf(data)),
  path: clientArea,
  render: async (input) => (await import('./templates/welcome')).renderWelcome(input),
  sample: sampleWelcome,
};

const changed = (kind: 'suspended' | 'resumed' | 'terminated', sample: ChangeData): MailKind<ChangeData> => ({
  data: changeData,
  subject: (language, data) => mailTexts(language, kind)('subject', nameOf(data)),
  path: clientArea,
  render: async (input) => (await import('./templates/change')).renderChange(kind, input),
  sample,
});

/** Its button gets its code when the mail is sent; a preview leads to the page without one. */
const personalLink = (kind: PersonalLink, path: string): MailKind<MailedLink> => ({
  data: mailedLink,
  subject: (language) => mailTexts(language, kind)('subject'),
  path: () => path,
  render: async (input) => (await import('./templates/personal-link')).renderPersonalLink(kind, input),
  sample: sampleLink,
});
const usageWarning: MailKind<UsageWarningData> = {
  data: usageWarningData,
  subject: (language, data) => mailTexts(language, 'usage')('subject', { ...nameOf(data), ...usageWords(data) }),
  path: clientArea,
  render: async (input) => (await import('./templates/usage-warning')).renderUsageWarning(input),
  sample: sampleUsageWarning,
};

const staffNotice: MailKind<StaffIncident> = {
  data: staffIncident,
  subject: (language: MailLanguage, data) => oneLine(incidentSubject(language, data)),
  path: incidentPath,
  render: async (input) => (await import('./templates/staff-notice')).renderStaffNotice(input),
  sample: sampleIncident,
};

// Every name of `TEMPLATE_NAMES`, which the browser knows as well.
export const MAIL_TEMPLATES = {
  welcome,
  suspended: changed('suspended', sampleChange),
  resumed: changed('resumed', { ...sampleChange, reason: null }),
  terminated: changed('terminated', { ...sampleChange, reason: null }),
  'sign-in-link': personalLink('signInLink', '/sign-in/link'),
  'password-link': personalLink('passwordLink', '/set-password'),
  'usage-warning': usageWarning,
  invitation: personalLink('invitation', '/set-password'),
  'staff-notice': staffNotice,
} as const satisfies Record<TemplateName, unknown>;
export type MailTemplate = TemplateName;
/** What each template is made from. */
export type MailData = { [Name in MailTemplate]: (typeof MAIL_TEMPLATES)[Name]['sample'] };

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(MAIL_TEMPLATES, name);
}

/** For code that handles all templates alike: their data are `unknown` until the template itself has read them. */
export function readMail(name: MailTemplate, stored: unknown) {
  const kind: MailKind<unknown> = MAIL_TEMPLATES[name];
  const data = kind.data.parse(stored);
  return { kind, data };
}

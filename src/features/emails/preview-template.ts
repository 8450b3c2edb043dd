import { publicUrl } from '@/env';
import { currentSender } from './mail-sender';
import { type RenderedMail, renderEmail } from './render-email';
import type { PreviewTemplateInput, TemplateItem } from './schema';
import { MAIL_TEMPLATES, type MailTemplate, readMail } from './templates';

/** All templates with what they are filled with. */
export function listTemplates(): TemplateItem[] {
  return (Object.keys(MAIL_TEMPLATES) as MailTemplate[]).map((name) => ({
    name,
    toStaff: name === 'staff-notice',
    variables: variablesOf(MAIL_TEMPLATES[name].sample),
  }));
}

/** A template as its receiver would see it, filled with an invented example. */
export async function previewTemplate({ template, language }: PreviewTemplateInput): Promise<RenderedMail> {
  const { sample } = MAIL_TEMPLATES[template];
  const { sender } = await currentSender();
  const mail = { template, language, data: sample, password: null, panelUrl: publicUrl(), sender };
  return renderEmail({ ...mail, subject: subjectOf(template, language) });
}

function subjectOf(template: MailTemplate, language: PreviewTemplateInput['language']): string {
  const { kind, data } = readMail(template, MAIL_TEMPLATES[template].sample);
  return kind.subject(language, data);
}

/** `a.b` for what lies inside; the examples are the sample's. */
function variablesOf(value: object, path = ''): TemplateItem['variables'] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? variablesOf(inner, `${path}${key}.`)
      : [{ name: path + key, example: exampleOf(inner) }],
  );
}

function exampleOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value);
}

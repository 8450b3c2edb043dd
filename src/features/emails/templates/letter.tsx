import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from '@react-email/components';
import { Fragment } from 'react';
import type { MailLanguage } from '../schema';
import type { MailSender } from '../template-kind';
import { mailTexts } from '../texts';

export interface Fact {
  label: string;
  value: string;
}

export interface LetterProps {
  language: MailLanguage;
  preview: string;
  title: string;
  /** Mails to staff have none. */
  greeting: string | null;
  /** Paragraphs above the facts. */
  intro: readonly string[];
  facts: readonly Fact[];
  notes: readonly string[];
  button: { label: string; link: string };
  why: string;
  sender: MailSender;
  /** Whether to say how help is reached; not to those who are the help. */
  support: boolean;
}

const FONT = "Inter, 'Segoe UI', Helvetica, Arial, sans-serif";
const INK = '#1f2937';
const QUIET = '#4b5563';
const LINE = '#e5e7eb';
const paragraph = { color: INK, fontSize: '15px', lineHeight: '24px', margin: '0 0 16px' };
const small = { color: QUIET, fontSize: '13px', lineHeight: '20px', margin: '0 0 8px' };

/** The one look of every mail: short, plain, one button. React escapes whatever a name or a domain contains. */
export function Letter(letter: LetterProps) {
  const { language, preview, title, greeting, intro, facts, notes, button } = letter;
  const common = mailTexts(language, 'common');
  return (
    <Html lang={language}>
      <Head />
      <Preview>{preview}</Preview>
      <Body style={{ backgroundColor: '#f3f4f6', fontFamily: FONT, margin: 0, padding: '24px 0' }}>
        <Container
          style={{
            backgroundColor: '#ffffff',
            border: `1px solid ${LINE}`,
            borderRadius: '10px',
            maxWidth: '560px',
            padding: '32px',
          }}
        >
          <Heading as="h1" style={{ color: INK, fontSize: '22px', lineHeight: '30px', margin: '0 0 20px' }}>
            {title}
          </Heading>
          {greeting !== null && <Text style={paragraph}>{greeting}</Text>}
          {intro.map((text) => (
            <Text key={text} style={paragraph}>
              {text}
            </Text>
          ))}
          <Facts facts={facts} />
          {notes.map((note) => (
            <Text key={note} style={paragraph}>
              {note}
            </Text>
          ))}
          <Section style={{ margin: '24px 0' }}>
            <Button
              href={button.link}
              style={{
                backgroundColor: '#1d4ed8',
                borderRadius: '8px',
                color: '#ffffff',
                fontSize: '15px',
                fontWeight: 600,
                padding: '12px 22px',
              }}
            >
              {button.label}
            </Button>
          </Section>
          <Text style={small}>
            {common('linkHelp')} <Link href={button.link}>{button.link}</Link>
          </Text>
          <Hr style={{ borderColor: LINE, margin: '24px 0 16px' }} />
          <Foot {...letter} />
        </Container>
      </Body>
    </Html>
  );
}

function Foot({ language, why, sender, support }: LetterProps) {
  const common = mailTexts(language, 'common');
  const { company, supportEmail, supportUrl } = sender;
  return (
    <>
      {support && supportEmail !== null && <Text style={small}>{common('support', { contact: supportEmail })}</Text>}
      {support && supportUrl !== null && <Text style={small}>{common('supportPage', { address: supportUrl })}</Text>}
      <Text style={small}>{common('company', { company })}</Text>
      <Text style={{ ...small, margin: 0 }}>{why}</Text>
    </>
  );
}

// Lines, not a table: the text part then reads "label: value" line by line, and screen readers do the same.
function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <Section style={{ backgroundColor: '#f9fafb', borderRadius: '8px', margin: '0 0 20px', padding: '12px 16px' }}>
      <Text style={{ ...paragraph, lineHeight: '28px', margin: 0, overflowWrap: 'anywhere' }}>
        {facts.map(({ label, value }, index) => (
          <Fragment key={label}>
            {index > 0 && <br />}
            <span style={{ color: QUIET }}>{label}:</span> <strong>{value}</strong>
          </Fragment>
        ))}
      </Text>
    </Section>
  );
}

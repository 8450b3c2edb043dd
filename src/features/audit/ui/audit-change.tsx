'use client';

import { Table } from '@mantine/core';
import { useTranslations } from 'next-intl';

interface AuditChangeProps {
  before: unknown;
  after: unknown;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const inWords = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Field by field: what it was, and what it became. */
export function AuditChange({ before, after }: AuditChangeProps) {
  const t = useTranslations('audit');
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  if (names.length === 0) return null;
  const both = Object.keys(old).length > 0;
  return (
    <div className="mb-4 overflow-x-auto">
      <Table verticalSpacing={4} horizontalSpacing="sm" className="text-[13px]">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('field')}</Table.Th>
            {both && <Table.Th>{t('before')}</Table.Th>}
            <Table.Th>{both ? t('after') : t('value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map((name) => (
            <Table.Tr key={name}>
              <Table.Td className="font-mono align-top">{name}</Table.Td>
              {both && <Table.Td className="align-top [overflow-wrap:anywhere]">{inWords(old[name])}</Table.Td>}
              <Table.Td className="align-top [overflow-wrap:anywhere]">{inWords(fresh[name])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

import { describe, expect, it } from 'vitest';
import { type OfferedOption, optionProblem, orderErrors, toConfigOptions } from './order-form-values';

const ram: OfferedOption = { id: 'ram', label: 'Memory', unit: 'MB', min: 512, max: 4096, step: 256, default: 1024 };
const cpu: OfferedOption = { id: 'cpu', label: 'Processor', unit: '%', min: 50, max: 400, step: 50, default: 100 };

describe('what the order form sends', () => {
  it('sends the options in the order in which the product offers them', () => {
    expect(toConfigOptions([ram, cpu], { cpu: 200, ram: 2048 })).toEqual([
      { optionId: 'ram', quantity: 2048 },
      { optionId: 'cpu', quantity: 200 },
    ]);
  });

  it.each([
    [2048, null],
    ['', 'optionMissing'],
    [undefined, 'optionMissing'],
    [256, 'optionRange'],
    [8192, 'optionRange'],
    [1000, 'optionStep'],
  ])('judges %s MB as %s', (value, problem) => {
    expect(optionProblem(ram, value)).toBe(problem);
  });
});

describe('what the server says about an order', () => {
  it('goes to the field it is about, options by their id instead of their place', () => {
    const issues = [
      { path: ['configOptions', 1, 'quantity'], message: 'Processor must be between 50 and 400 %.' },
      { path: ['domain'], message: 'Taken.' },
      { path: ['domain'], message: 'A second remark.' },
    ];
    expect(orderErrors(issues, [ram, cpu])).toEqual({
      'options.cpu': 'Processor must be between 50 and 400 %.',
      domain: 'Taken.',
    });
  });

  it('keeps what belongs to no field away from the fields', () => {
    expect(orderErrors([{ path: [], message: 'All of it.' }], [ram])).toEqual({});
  });
});

'use client';

import { Button, type ButtonProps } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';

interface LinkButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'leftSection' | 'color'> {
  href: string;
  children: ReactNode;
}

/** A button that leads somewhere. Server components cannot hand a component to a client one, so the pair lives here. */
export function LinkButton({ href, children, ...rest }: LinkButtonProps) {
  return (
    <Button component={Link} href={href} {...rest}>
      {children}
    </Button>
  );
}

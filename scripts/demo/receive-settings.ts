/** The settings the parent sends as its first message: they are in no argument list and no environment. */
export function receiveSettings<T>(): Promise<T> {
  return new Promise((resolve) => {
    const take = (message: { type?: string; settings: T }) => {
      if (message.type !== 'settings') return;
      process.off('message', take);
      resolve(message.settings);
    };
    process.on('message', take);
  });
}

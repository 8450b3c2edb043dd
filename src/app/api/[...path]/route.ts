/** Without it a mistyped address would lead a program to the sign-in page. */
function nothingHere(): Response {
  return Response.json(
    { message: 'Nothing answers at this address. Nothing was done. The calls are described in docs/api.md.' },
    { status: 404 },
  );
}

export { nothingHere as GET, nothingHere as POST, nothingHere as PUT, nothingHere as PATCH, nothingHere as DELETE };

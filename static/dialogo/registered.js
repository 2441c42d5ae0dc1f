// Gives the answer to a sign-up form its own address, so that a reload does not send the form again.
"use strict";
history.replaceState(null, "", document.getElementById("registered").dataset.address);
